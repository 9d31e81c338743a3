using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary><c>/pilot skip [date] reason</c>: leaves out the coming review, or the one of a date.</summary>
public sealed class SkipWeek(BotDb db, FindLoop find, SkipRound skip, PlanRounds plan, Outbox outbox, CardBook cards, TimeProvider clock) : ICommandHandler
{
    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.OneWithWordsAsync(asked, arguments, (loop, words) => SkipAsync(asked, loop, words, ct), ct);

    private async Task<Reply> SkipAsync(Asked asked, LoopInHand loop, string arguments, CancellationToken ct)
    {
        if (!loop.MaySet(asked.By))
        {
            return await find.NotYoursAsync(loop, ct);
        }

        var parts = arguments.Split(' ', 2, StringSplitOptions.TrimEntries);
        var dated = DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        var reason = dated ? parts.ElementAtOrDefault(1) ?? "" : arguments;
        if (reason.Length is 0 or > PauseLoop.MaxReason)
        {
            return Notice.Whisper(cards, $"Say why, in at most {PauseLoop.MaxReason} characters: `/pilot skip company offsite` or `/pilot skip 2026-12-24 holidays`.");
        }

        var coming = await db.Rounds
            .Where(r => r.LoopId == loop.Loop.Id && (r.State == RoundState.Planned || r.State == RoundState.Collecting || r.State == RoundState.InReview))
            .OrderBy(r => r.ReviewDate).FirstOrDefaultAsync(ct);
        date = dated ? loop.Loop.Slot.OnOrAfter(Say.Monday(date)) : coming?.ReviewDate ?? default;
        if (coming is null || date < coming.ReviewDate)
        {
            return Notice.Whisper(cards, "That week is over. Give a date from the coming review on, as year-month-day.");
        }

        if (date == coming.ReviewDate && coming.State == RoundState.InReview)
        {
            return Notice.Whisper(cards, "This week's review is running; end it instead.");
        }

        await LeaveOutAsync(asked, loop, coming, date, reason, ct);
        outbox.Post(asked.Workspace.Id, $"skip:{Id.New<OutboxId>(clock)}", loop.Channel.Id, cards.Fill(new Notice(
            $"{asked.By.Name} left out the review of {loop.Initiative.Name} on {date.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}: {reason}. It is not counted as a failure.")));
        return new Reply.Silence();
    }

    private async Task LeaveOutAsync(Asked asked, LoopInHand loop, Round coming, DateOnly date, string reason, CancellationToken ct)
    {
        if (await db.SkippedDates.FindAsync([loop.Loop.Id, date], ct) is { } skipped)
        {
            skipped.Reason = reason;
        }
        else
        {
            db.SkippedDates.Add(new SkippedDate { LoopId = loop.Loop.Id, Date = date, Reason = reason, By = asked.By.Id });
        }

        if (date != coming.ReviewDate)
        {
            return;
        }

        if (coming.State == RoundState.Collecting)
        {
            await skip.AndPlanNextAsync((await RoundInHand.LoadAsync(db, [coming.Id], ct)).Single(), reason, ct);
        }
        else
        {
            await plan.AgainAsync(loop.Loop, ct);
        }
    }
}
