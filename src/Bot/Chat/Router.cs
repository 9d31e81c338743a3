using Bot.Delivery;
using Bot.Store;
using Bot.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Chat;

/// <summary>Takes what adapters bring to the one handler of it, and saves what was decided, what was heard and what is to be said in one go.</summary>
public sealed partial class Router(IServiceScopeFactory scopes, Catalogue catalogue, IAlarm alarm, ILogger<Router> log)
{
    private const int Tries = 4;

    public async Task<Reply> HandleAsync(InboundEvent inbound, CancellationToken ct)
    {
        using var activity = Traces.Begin("inbound");
        activity?.SetTag("afterpilot.platform", inbound.Workspace.Platform.ToString()).SetTag("afterpilot.event", inbound.GetType().Name);
        var reply = (inbound is CommandTyped typed ? await AskAsync(typed, ct) : null) ?? await DecideAsync(inbound, ct);
        activity?.SetTag("afterpilot.reply", reply.GetType().Name);
        activity.Ended();
        return reply;
    }

    private async Task<Reply?> AskAsync(CommandTyped typed, CancellationToken ct)
    {
        if (catalogue.Read(typed.Text) is not { Word: { IsQuestion: true } word, Arguments: var arguments })
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Question>().AnswerAsync(typed, word, arguments, ct);
    }

    private async Task<Reply> DecideAsync(InboundEvent inbound, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var turn = scope.ServiceProvider.GetRequiredService<Turn>();
            try
            {
                var reply = await turn.TakeAsync(inbound, ct);
                await RingAsync(turn, ct);
                return reply;
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
