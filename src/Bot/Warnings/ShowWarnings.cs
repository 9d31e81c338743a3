using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary><c>/pilot warnings</c>: what is open, worst first, and what ended lately; <c>why</c> explains a rule, <c>settings</c> its numbers.</summary>
public sealed class ShowWarnings(
    BotDb db, FindInitiative find, FindLoop loops, FindWarning see, ExplainWarning explain, SetThresholds settings, RaiseWarnings raise, PostWarning post, CardBook cards, TimeProvider clock)
    : ICommandHandler, IActionHandler
{
    public const string Action = "warnings.show";
    private const int MostOpen = 6;
    private const int MostEnded = 5;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(28);

    async Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) => arguments.Split(' ', 2, StringSplitOptions.TrimEntries) switch
    {
        [var word, .. var rest] when word.Equals("why", StringComparison.OrdinalIgnoreCase) => await explain.RuleAsync(asked, rest.FirstOrDefault() ?? "", ct),
        [var word] when word.Equals("settings", StringComparison.OrdinalIgnoreCase) => await settings.OpenAsync(asked, ct),
        _ => await find.OneAsync(asked, arguments, hand => OfAsync(asked, hand.Initiative, ct), ct),
    };

    /// <param name="key">The initiative, or its loop on cards that know only that.</param>
    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } hand ? await OfAsync(asked, hand.Initiative, ct)
        : await loops.ByKeyAsync(asked, key, ct) is { } loop ? await OfAsync(asked, loop.Initiative, ct)
        : find.Unknown();

    private async Task<Reply> OfAsync(Asked asked, Initiative initiative, CancellationToken ct)
    {
        if (!await see.SeesAsync(asked, initiative.Id, ct))
        {
            return Notice.Whisper(cards, $"The warnings of {initiative.Name} are for the people of its channel. `/pilot list` shows its entry in the register.");
        }

        if (!await db.Loops.AnyAsync(l => l.InitiativeId == initiative.Id && l.EndedAt == null, ct))
        {
            // No week of it ever closes: it is looked at when somebody asks.
            await raise.AboutAsync(initiative.Id, null, ct);
        }

        var since = clock.GetUtcNow() - Lately;
        await db.Warnings.Where(w => w.InitiativeId == initiative.Id && (w.State == WarningState.Open || w.EndedAt >= since)).LoadAsync(ct);
        var all = db.Warnings.Local.Where(w => w.InitiativeId == initiative.Id && (w.State == WarningState.Open || w.EndedAt >= since)).ToList();
        var open = all.Where(w => w.State == WarningState.Open).OrderByDescending(w => w.Level).ThenBy(w => w.OpenedAt).ThenBy(w => w.Id.Value).ToList();
        var today = WeeklySlot.DateIn(clock.GetUtcNow(), asked.By.TimeZone ?? WeeklySlot.Default.Zone);
        return new Reply.Whisper(cards.Fill(new WarningsCard(
            initiative.Name, initiative.IsSample, open.Count,
            [.. await LinesAsync(open.Take(MostOpen), today, ct)], Math.Max(0, open.Count - MostOpen),
            [.. await LinesAsync(Ended(all, WarningState.Answered), today, ct)],
            [.. await LinesAsync(Ended(all, WarningState.Resolved), today, ct)])));
    }

    private static IEnumerable<Warning> Ended(List<Warning> all, WarningState how) =>
        all.Where(w => w.State == how).OrderByDescending(w => w.EndedAt).ThenByDescending(w => w.Id.Value).Take(MostEnded);

    private async Task<List<WarningLine>> LinesAsync(IEnumerable<Warning> warnings, DateOnly today, CancellationToken ct)
    {
        var lines = new List<WarningLine>();
        foreach (var warning in warnings)
        {
            var at = warning.EndedAt ?? warning.OpenedAt;
            lines.Add(new WarningLine(
                warning.Id.ToString(), Warning.LevelWord(warning.Level), Warning.TitleOf(warning.Rule), warning.Finding,
                Say.Date(DateOnly.FromDateTime(at.UtcDateTime), today), await post.AnswersAsync(warning, ct)));
        }

        return lines;
    }
}

/// <param name="Count">How many are open.</param>
/// <param name="Open">Worst first.</param>
/// <param name="More">Open ones beyond those listed.</param>
/// <param name="Answered">In the last four weeks, the newest first.</param>
/// <param name="Resolved">The same.</param>
public sealed record WarningsCard(
    string Initiative, bool IsSample, int Count, IReadOnlyList<WarningLine> Open, int More, IReadOnlyList<WarningLine> Answered, IReadOnlyList<WarningLine> Resolved) : ICardData
{
    public static string Template => "warnings";
}

/// <param name="Key">The warning.</param>
/// <param name="On">Since when it is open, or when it ended.</param>
public sealed record WarningLine(string Key, string Level, string Title, string Finding, string On, IReadOnlyList<AnswerLine> Answers);
