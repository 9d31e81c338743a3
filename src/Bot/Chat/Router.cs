using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Chat;

/// <summary>Takes what adapters bring to the one handler of it, and saves what was decided, what was heard and what is to be said in one go.</summary>
/// <param name="repeated">Where the store can tell whether it has changed.</param>
public sealed partial class Router(IServiceScopeFactory scopes, IAlarm alarm, ILogger<Router> log, RepeatedQuestions? repeated = null)
{
    private const int Tries = 4;

    public async Task<Reply> HandleAsync(InboundEvent inbound, CancellationToken ct)
    {
        if (inbound is not CommandTyped typed || repeated is null)
        {
            return (await DecideAsync(inbound, ct)).Reply;
        }

        var moment = repeated.Now();
        if (moment.Find(typed) is { } said)
        {
            return said;
        }

        var (reply, isMereAnswer) = await DecideAsync(inbound, ct);
        if (isMereAnswer && reply is Reply.Whisper { KeptAs: null })
        {
            moment.Keep(typed, reply);
        }

        return reply;
    }

    private async Task<(Reply Reply, bool IsMereAnswer)> DecideAsync(InboundEvent inbound, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var turn = scope.ServiceProvider.GetRequiredService<Turn>();
            try
            {
                var reply = await turn.TakeAsync(inbound, ct);
                await RingAsync(turn, ct);
                return (reply, turn.IsMereAnswer);
            }
            catch (DbUpdateException collision) when (attempt < Tries && Collision.Is(collision))
            {
                // Somebody else saved first: decide again on what is there now. An equal delivery is then found in the inbox.
                LogDecidedAgain(inbound.GetType().Name, attempt);
            }
        }
    }

    private async Task RingAsync(Turn turn, CancellationToken ct)
    {
        if (turn.ChangedWhatIsDue)
        {
            await alarm.LookAtWhatIsDueAsync(ct);
        }

        if (turn.Said)
        {
            await alarm.DeliverAsync(ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Decided {Event} again after a collision, attempt {Attempt}")]
    private partial void LogDecidedAgain(string @event, int attempt);
}
