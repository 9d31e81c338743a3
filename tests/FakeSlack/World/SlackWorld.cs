using System.Text.Json.Nodes;

namespace FakeSlack.World;

/// <summary>Everything there is; whoever reads or changes it holds <see cref="Gate"/>.</summary>
internal sealed class SlackWorld(TimeProvider clock)
{
    private readonly List<string> _complaints = [];

    /// <summary>The modals each person has open, the visible one last.</summary>
    private readonly Dictionary<(string Workspace, string User), List<View>> _stacks = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Lock Gate { get; } = new();

    public TimeProvider Clock { get; } = clock;

    public Ids Ids { get; } = new(clock);

    public SlackApp App { get; } = new();

    /// <summary>Where this Slack is reached.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1/");

    public Dictionary<string, Workspace> Workspaces { get; } = [];

    public List<Installation> Installations { get; } = [];

    public Dictionary<string, Trigger> Triggers { get; } = [];

    public Dictionary<string, View> Views { get; } = [];

    /// <summary>By event_context, for apps.event.authorizations.list.</summary>
    public Dictionary<string, List<JsonObject>> EventContexts { get; } = [];

    public Dictionary<(string Workspace, string User), View> Homes { get; } = [];

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The calls that were refused, for whoever waits in vain for what they would have done.</summary>
    public List<string> Refusals { get; } = [];

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (Gate)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>What the app did wrong where Slack has no answer to tell it by.</summary>
    public void Complain(string about)
    {
        lock (Gate)
        {
            _complaints.Add(about);
        }

        Pulse();
    }

    public List<View> StackOf(Workspace workspace, string userId) =>
        _stacks.TryGetValue((workspace.Id, userId), out var stack) ? stack : _stacks[(workspace.Id, userId)] = [];

    /// <summary>Whose token speaks in this workspace; null when the app is not installed there.</summary>
    public Installation? InstalledIn(Workspace workspace) =>
        Installations.Find(installed => installed.EndedWith is null && installed.Workspaces.Contains(workspace));

    public Trigger NewTrigger(Workspace workspace, string userId, View? from)
    {
        lock (Gate)
        {
            var trigger = new Trigger($"{Ids.Next("9")}.{Ids.Next("8")}.{Ids.Secret()}", workspace, userId, from, Now);
            return Triggers[trigger.Id] = trigger;
        }
    }

    public string NewHash() => $"{Now.ToUnixTimeSeconds()}.{Ids.Next("h")}";

    /// <summary>Wakes everybody who waits for something to come true.</summary>
    public void Pulse() => Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Until there is something to see.</summary>
    /// <exception cref="TimeoutException">It did not come within a minute of real time.</exception>
    public async Task<T> UntilAsync<T>(string what, Func<T?> look)
        where T : class
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            T? seen;
            lock (Gate)
            {
                seen = look();
            }

            if (seen is not null)
            {
                return seen;
            }

            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"Within a minute this did not come: {what}. {string.Join(' ', Complaints)} {Refused()}", late);
            }
        }
    }

    private string Refused()
    {
        lock (Gate)
        {
            return string.Join(' ', Refusals);
        }
    }
}
