using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary>The workspace's holidays, one line each; no loop has a review on them.</summary>
public sealed class SetHolidays(BotDb db, PlanRounds plan, CardBook cards) : IActionHandler, IFormHandler
{
    public const string Action = "holidays.edit";
    public const string FormName = "holidays";
    private const int Most = 200;

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (!asked.By.IsAdmin)
        {
            return Notice.Whisper(cards, "Holidays belong to the whole workspace; a workspace admin can change them.");
        }

        var holidays = await db.Holidays.Where(h => h.WorkspaceId == asked.Workspace.Id).OrderBy(h => h.Date).ToListAsync(ct);
        return new Reply.OpenForm(Fill(string.Join('\n', holidays.Select(h => $"{h.Date:yyyy-MM-dd} {h.Name}"))));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        if (!asked.By.IsAdmin)
        {
            return Notice.Whisper(cards, "Holidays belong to the whole workspace; a workspace admin can change them.");
        }

        var wanted = new Dictionary<DateOnly, string>();
        foreach (var line in (values["list"] ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = line.Length > 10 ? line[10..].Trim() : "holiday";
            if (!DateOnly.TryParseExact(line.Length < 10 ? line : line[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                || name.Length > Loop.MaxNameLength || wanted.Count >= Most)
            {
                return new Reply.FieldErrors(Fill(values["list"] ?? ""), new Dictionary<string, string>
                {
                    ["list"] = $"One line per day, as 2026-12-25 Christmas; at most {Most} lines. This line does not fit: {Say.Shortened(line, 60)}",
                });
            }

            wanted[date] = name;
        }

        await SaveAsync(asked.Workspace.Id, wanted, ct);
        return Notice.Whisper(cards, wanted.Count == 0 ? "Saved: no holidays." : $"Saved: {Say.Count(wanted.Count, "holiday")}. Reviews on these days are left out.");
    }

    private async Task SaveAsync(WorkspaceId workspace, Dictionary<DateOnly, string> wanted, CancellationToken ct)
    {
        var there = await db.Holidays.Where(h => h.WorkspaceId == workspace).ToListAsync(ct);
        db.Holidays.RemoveRange(there.Where(h => !wanted.ContainsKey(h.Date)));
        foreach (var (date, name) in wanted)
        {
            if (there.Find(h => h.Date == date) is { } known)
            {
                known.Name = name;
            }
            else
            {
                db.Holidays.Add(new Holiday { WorkspaceId = workspace, Date = date, Name = name });
            }
        }

        foreach (var loop in await db.Loops.Where(l => l.WorkspaceId == workspace && l.EndedAt == null).ToListAsync(ct))
        {
            await plan.AgainAsync(loop, ct);
        }
    }

    private Form Fill(string list) => cards.FillForm(FormName, "workspace", "Holidays", new HolidaysFormCard("workspace", list));
}

/// <param name="List">"2026-12-25 Christmas", one a line.</param>
public sealed record HolidaysFormCard(string Key, string List) : ICardData
{
    public static string Template => "holidays-form";
}
