using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary><c>/pilot pause [reason]</c>: no rounds until resumed; the channel is told why. An open round still runs to its end.</summary>
public sealed class PauseLoop(BotDb db, FindLoop find, Outbox outbox, CardBook cards, TimeProvider clock) : ICommandHandler
{
    public const int MaxReason = 200;

    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.OneWithWordsAsync(asked, arguments, (loop, reason) => PauseAsync(asked, loop, reason, ct), ct);

    private async Task<Reply> PauseAsync(Asked asked, LoopInHand loop, string reason, CancellationToken ct)
    {
        if (!loop.MaySet(asked.By))
        {
            return await find.NotYoursAsync(loop, ct);
        }

        if (loop.Loop.PausedAt is not null)
        {
            return Notice.Whisper(cards, $"{loop.Initiative.Name} is paused already: {loop.Loop.PausedBecause}. `/pilot resume` goes on.");
        }

        if (reason.Length is 0 or > MaxReason)
        {
            return Notice.Whisper(cards, $"Say why, in at most {MaxReason} characters, so that the channel knows: `/pilot pause moving to the new CRM`.");
        }

        loop.Loop.PausedAt = clock.GetUtcNow();
        loop.Loop.PausedBecause = reason;
        var running = await db.Rounds.AnyAsync(r => r.LoopId == loop.Loop.Id && (r.State == RoundState.Collecting || r.State == RoundState.InReview), ct);
        outbox.Post(asked.Workspace.Id, $"pause:{Id.New<OutboxId>(clock)}", loop.Channel.Id, cards.Fill(new Notice(
            $"{asked.By.Name} paused the loop of {loop.Initiative.Name}: {reason}. {(running ? "This week still runs to its end; after that no" : "No")} check-ins come until it is resumed. Weeks left out are not counted as a failure.")));
        return new Reply.Silence();
    }
}

/// <summary><c>/pilot resume</c>: rounds come again, from the next one that is still to open.</summary>
public sealed class ResumeLoop(FindLoop find, PlanRounds plan, Outbox outbox, CardBook cards, TimeProvider clock) : ICommandHandler
{
    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.OneAsync(asked, arguments, loop => ResumeAsync(asked, loop, ct), ct);

    private async Task<Reply> ResumeAsync(Asked asked, LoopInHand loop, CancellationToken ct)
    {
        if (!loop.MaySet(asked.By))
        {
            return await find.NotYoursAsync(loop, ct);
        }

        if (loop.Loop.PausedAt is null)
        {
            return Notice.Whisper(cards, $"{loop.Initiative.Name} is not paused.");
        }

        loop.Loop.PausedAt = null;
        loop.Loop.PausedBecause = null;
        await plan.AgainAsync(loop.Loop, ct);
        outbox.Post(asked.Workspace.Id, $"resume:{Id.New<OutboxId>(clock)}", loop.Channel.Id, cards.Fill(new Notice(
            $"{asked.By.Name} resumed the loop of {loop.Initiative.Name}. `/pilot schedule` shows the next reviews.")));
        return new Reply.Silence();
    }
}
