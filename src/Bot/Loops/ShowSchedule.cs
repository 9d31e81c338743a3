using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary><c>/pilot schedule</c>: the next three reviews with their UTC offsets, and what is left out.</summary>
public sealed class ShowSchedule(BotDb db, FindLoop find, CardBook cards, TimeProvider clock) : ICommandHandler, IActionHandler
{
    public const string Action = "schedule.show";
    private const int Shown = 3;

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } loop ? await ShowAsync(asked, loop, ct) : find.Unknown();

    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.OneAsync(asked, arguments, loop => ShowAsync(asked, loop, ct), ct);

    private async Task<Reply> ShowAsync(Asked asked, LoopInHand loop, CancellationToken ct)
    {
        var (slot, now) = (loop.Loop.Slot, clock.GetUtcNow());
        var mine = asked.By.TimeZone is { } zone && zone != slot.Zone ? zone : null;
        var skipped = await db.SkippedDates.AsNoTracking().Where(s => s.LoopId == loop.Loop.Id).ToDictionaryAsync(s => s.Date, s => s.Reason, ct);
        var holidays = await db.Holidays.AsNoTracking().Where(h => h.WorkspaceId == asked.Workspace.Id).OrderBy(h => h.Date).ToListAsync(ct);
        var last = await db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == loop.Loop.Id && (r.State == RoundState.Skipped || r.State == RoundState.Closed) && !r.Imported)
            .OrderByDescending(r => r.ReviewDate).FirstOrDefaultAsync(ct);
        var current = await db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == loop.Loop.Id && r.State != RoundState.Skipped && r.State != RoundState.Closed)
            .OrderBy(r => r.ReviewDate).FirstOrDefaultAsync(ct);
        var first = current?.ReviewDate ?? slot.FirstAfter(now);
        var lines = new List<ScheduleLine>();
        for (var date = first; lines.Count(l => l.LeftOut is null) < Shown && lines.Count < 12; date = slot.OnOrAfter(Say.Monday(date).AddDays(7)))
        {
            var start = date == current?.ReviewDate ? current.ReviewAt : slot.StartOn(date);
            var reason = skipped.GetValueOrDefault(date) ?? holidays.Find(h => h.Date == date)?.Name;
            lines.Add(new ScheduleLine(Say.WithOffset(start, slot.Zone), mine is null ? null : Say.WithOffset(start, mine), date == current?.ReviewDate ? null : reason));
        }

        return new Reply.Whisper(cards.Fill(new ScheduleCard(
            loop.Loop.Id.ToString(), loop.Initiative.Name, lines,
            loop.Loop.OpenHours, loop.Loop.RemindHours, loop.Loop.LocalTime, loop.Loop.Asynchronous,
            loop.Loop.PausedAt is null ? null : loop.Loop.PausedBecause ?? "",
            last is { State: RoundState.Skipped } ? $"{Say.Week(last.ReviewDate)}: {last.SkippedBecause}" : null,
            [.. holidays.Where(h => h.Date >= first).Take(5).Select(h => $"{h.Date:yyyy-MM-dd} {h.Name}")])));
    }
}

/// <param name="Key">The loop.</param>
/// <param name="LastLeftOut">The week before, if it was left out, with the reason.</param>
public sealed record ScheduleCard(
    string Key, string Initiative, IReadOnlyList<ScheduleLine> Reviews, int OpenHours, int RemindHours, bool LocalTime, bool Asynchronous,
    string? Paused, string? LastLeftOut, IReadOnlyList<string> Holidays) : ICardData
{
    public static string Template => "schedule";
}

/// <param name="Mine">The same time in the reader's zone, when it differs.</param>
/// <param name="LeftOut">Why there is no review on that day.</param>
public sealed record ScheduleLine(string At, string? Mine, string? LeftOut);
