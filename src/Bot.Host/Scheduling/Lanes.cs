using Bot.Chat;
using Bot.Delivery;

namespace Bot.Host.Scheduling;

/// <summary>
/// This host's lanes: looks every few seconds, and when rung, who has something to say, and runs the lane of each, several at once and each at most
/// once at a time. Where hosts share a store each of them looks, and a lane that another host has is left to it (<see cref="DeliverOutbox"/>).
/// </summary>
public sealed partial class Lanes(DeliverOutbox outbox, LaneBell bell, IHostApplicationLifetime host, ILogger<Lanes> log) : BackgroundService
{
    /// <summary>Each holds a connection to the store, of which a host has a hundred, and takes more while it sends.</summary>
    private const int AtOnce = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<WorkspaceId, Lane> _running = [];

    /// <summary>In which turn a workspace last had its lane: who waits longest comes first.</summary>
    private readonly Dictionary<WorkspaceId, long> _turns = [];
    private long _turn;
    private bool _isFull;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await bell.WaitAsync(Gap, Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Told to stop: what is not out waits in the store.
            }
        }

        await Task.WhenAll(Running());
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var settling = bell.TakeSettling();
        var lanes = new List<Task>();
        try
        {
            var waiting = await outbox.LanesAsync(ct);
            lanes.AddRange((settling.Count > 0 ? waiting : InTurn(waiting)).Select(Start));
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // The store is away, for instance: it is looked again in a moment.
            LogLookFailed(failed);
        }

        foreach (var settled in settling)
        {
            _ = Task.WhenAll(lanes).ContinueWith(_ => settled.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Those that run already, to run once more, and as many others as there is room for.</summary>
    private List<WorkspaceId> InTurn(IReadOnlyList<WorkspaceId> waiting)
    {
        lock (_gate)
        {
            var (again, others) = (waiting.Where(_running.ContainsKey).ToList(), waiting.Where(w => !_running.ContainsKey(w)).OrderBy(w => _turns.GetValueOrDefault(w)).ToList());
            var room = Math.Max(0, AtOnce - _running.Count);
            _isFull = others.Count > room;
            return [.. again, .. others.Take(room)];
        }
    }

    /// <returns>Ends with the lane's run, and with the one after it where it runs already.</returns>
    private Task Start(WorkspaceId workspace)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(workspace, out var lane))
            {
                lane.IsRung = true;
                return lane.Run;
            }

            _turns[workspace] = ++_turn;
            _running[workspace] = lane = new Lane();
            return lane.Run = Task.Run(() => RunAsync(workspace, lane, host.ApplicationStopping), CancellationToken.None);
        }
    }

    private async Task RunAsync(WorkspaceId workspace, Lane lane, CancellationToken ct)
    {
        do
        {
            try
            {
                await outbox.RunAsync(workspace, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // What is not out waits in the store.
            }
            catch (Exception failed)
            {
                // One workspace's lane that breaks must not hold up the others; what waits is found again by the next look.
                LogLaneFailed(failed, workspace);
            }
        }
        while (GoesOn(workspace, lane, ct));
    }

    private bool GoesOn(WorkspaceId workspace, Lane lane, CancellationToken ct)
    {
        lock (_gate)
        {
            if (lane.IsRung && !ct.IsCancellationRequested)
            {
                lane.IsRung = false;
                return true;
            }

            _running.Remove(workspace);
            if (_isFull)
            {
                bell.Ring();
            }

            return false;
        }
    }

    private List<Task> Running()
    {
        lock (_gate)
        {
            return [.. _running.Values.Select(lane => lane.Run)];
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for workspaces with something to say failed")]
    private partial void LogLookFailed(Exception failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lane of {WorkspaceId} failed")]
    private partial void LogLaneFailed(Exception failed, WorkspaceId workspaceId);

    private sealed class Lane
    {
        public Task Run { get; set; } = Task.CompletedTask;

        /// <summary>Something may have been said since it last looked.</summary>
        public bool IsRung { get; set; }
    }
}
