using Bot.Cards;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Keeps exactly one coming round in the ledger of every loop; weeks left out are in it too, with their reason.</summary>
public sealed class PlanRounds(BotDb db, TimeProvider clock)
{
    /// <summary>The loop's first round: this week's if its reminder is still to come, otherwise next week's.</summary>
    public async Task<Round> FirstAsync(Loop loop, CancellationToken ct) =>
        await AddAsync(loop, loop.Slot.FirstAfter(clock.GetUtcNow().AddHours(loop.RemindHours)), ct);

    /// <summary>The round of the week after this one. It may lie in the past when the service was down: each missed week is then recorded in turn.</summary>
    public async Task AfterAsync(Loop loop, Round round, CancellationToken ct) =>
        await AddAsync(loop, loop.Slot.OnOrAfter(Say.Monday(round.ReviewDate).AddDays(7)), ct);

    /// <summary>Plans the coming round anew after the settings changed; a round already open keeps its times.</summary>
    /// <returns>The coming round: planned anew, or the open one.</returns>
    public async Task<Round> AgainAsync(Loop loop, CancellationToken ct)
    {
        var planned = await db.Rounds.FirstOrDefaultAsync(r => r.LoopId == loop.Id && r.State == RoundState.Planned, ct);
        if (planned is null)
        {
            return await db.Rounds.FirstAsync(r => r.LoopId == loop.Id && (r.State == RoundState.Collecting || r.State == RoundState.InReview), ct);
        }

        var steps = await db.RoundSteps.Where(s => s.RoundId == planned.Id).ToListAsync(ct);
        db.RoundSteps.RemoveRange(steps);
        db.Rounds.Remove(planned);
        var last = await db.Rounds.AsNoTracking().Where(r => r.LoopId == loop.Id && r.Id != planned.Id && !r.Imported)
            .OrderByDescending(r => r.ReviewDate).FirstOrDefaultAsync(ct);
        var first = loop.Slot.FirstAfter(clock.GetUtcNow().AddHours(loop.RemindHours));
        var afterLast = last is null ? first : loop.Slot.OnOrAfter(Say.Monday(last.ReviewDate).AddDays(7));
        return await AddAsync(loop, first > afterLast ? first : afterLast, ct);
    }

    private async Task<Round> AddAsync(Loop loop, DateOnly date, CancellationToken ct)
    {
        while (await LeftOutAsync(loop, date, ct) is { } reason)
        {
            var left = Build(loop, date, await OpeningAsync(loop, date, ct));
            left.State = RoundState.Skipped;
            left.SkippedBecause = reason;
            db.Rounds.Add(left);
            date = date.AddDays(7);
        }

        var round = Build(loop, date, await OpeningAsync(loop, date, ct));
        db.Rounds.Add(round);
        db.RoundSteps.Add(new RoundStep { RoundId = round.Id, Step = Step.Open, DueAt = round.OpensAt });
        db.RoundSteps.Add(new RoundStep { RoundId = round.Id, Step = Step.Remind, DueAt = round.RemindsAt });
        if (!loop.Asynchronous)
        {
            db.RoundSteps.Add(new RoundStep { RoundId = round.Id, Step = Step.Review, DueAt = round.ReviewAt });
        }

        db.RoundSteps.Add(new RoundStep { RoundId = round.Id, Step = Step.Close, DueAt = round.ClosesAt });
        return round;
    }

    private Round Build(Loop loop, DateOnly date, DateTimeOffset opens)
    {
        var review = loop.Slot.StartOn(date);
        // The wall clock may jump between the steps; they still come in order.
        var reminds = Earlier(loop.Slot.HoursBefore(date, loop.RemindHours), review);
        return new Round
        {
            Id = Chat.Id.New<RoundId>(clock),
            WorkspaceId = loop.WorkspaceId,
            LoopId = loop.Id,
            ReviewDate = date,
            Asynchronous = loop.Asynchronous,
            OpensAt = Earlier(opens, reminds),
            RemindsAt = reminds,
            ReviewAt = review,
            ClosesAt = loop.Asynchronous ? review : review.AddMinutes(loop.Slot.Minutes),
        };
    }

    /// <summary>With local time the round opens when it opens for the first of its people.</summary>
    private async Task<DateTimeOffset> OpeningAsync(Loop loop, DateOnly date, CancellationToken ct)
    {
        var opens = loop.Slot.HoursBefore(date, loop.OpenHours);
        if (!loop.LocalTime)
        {
            return opens;
        }

        await db.Participants.Where(p => p.LoopId == loop.Id).LoadAsync(ct);
        var people = db.Participants.Local.Where(p => p.LoopId == loop.Id && p.LeftAt is null && p.Role != Role.Observer).Select(p => p.PersonId).ToList();
        var zones = await db.People.Where(p => people.Contains(p.Id)).Select(p => p.TimeZone).Distinct().ToListAsync(ct);
        return zones.OfType<string>().Select(zone => loop.Slot.HoursBefore(date, loop.OpenHours, zone)).Append(opens).Min();
    }

    private async Task<string?> LeftOutAsync(Loop loop, DateOnly date, CancellationToken ct)
    {
        var skipped = db.SkippedDates.Local.FirstOrDefault(s => s.LoopId == loop.Id && s.Date == date)
            ?? await db.SkippedDates.FindAsync([loop.Id, date], ct);
        return skipped?.Reason ?? (await db.Holidays.FindAsync([loop.WorkspaceId, date], ct))?.Name;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
