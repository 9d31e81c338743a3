using Bot.Cards;
using Bot.Initiatives;
using Bot.Loops;

namespace Bot.Portfolios;

/// <summary>Writes the portfolio of a workspace. Pure: the same facts give the same card, to the letter.</summary>
public static class ComposePortfolio
{
    public const int MostRows = 20;
    private const int MostMoves = 5;
    private const int MostStalled = 6;
    private const int MostNames = 8;
    private const int LongestHeadline = 150;
    private const int LongestName = 40;
    private const int LongestReason = 100;

    /// <param name="where">Where and when it is posted, told to those who ask; null on what is posted.</param>
    /// <param name="settable">Whether the reader may change that.</param>
    public static PortfolioCard From(PortfolioFacts facts, string? lateBy = null, string? where = null, bool settable = false)
    {
        // The table holds what is alive; the rest has stopped or not begun, and is a line each.
        var live = facts.Initiatives.Where(i => i.Loop is not null || i.Initiative.Stage is Stage.Pilot or Stage.Deploying or Stage.Production
                || PortfolioRow.NeedsOf(i, facts).Count > 0)
            .Select(i => (Facts: i, Needs: PortfolioRow.NeedsOf(i, facts)))
            .OrderBy(i => i.Facts.Initiative.IsSample).ThenBy(i => i.Needs.Count == 0).ThenBy(i => i.Needs is [var worst, ..] ? worst : Need.Overdue).ThenByDescending(i => i.Needs.Count)
            .ThenBy(i => i.Facts.Initiative.Name, StringComparer.OrdinalIgnoreCase).ThenBy(i => i.Facts.Initiative.Id.Value).ToList();
        var rest = facts.Initiatives.Except(live.Select(i => i.Facts)).ToList();
        return new PortfolioCard(
            Portfolio.Key,
            Headline(facts, live),
            "week until " + Say.Date(WeeklySlot.DateIn(facts.At, facts.Zone), WeeklySlot.DateIn(facts.At, facts.Zone)),
            lateBy,
            Pilots(facts),
            [.. facts.Moves.Take(MostMoves).Select(m => Move(m, facts))],
            Math.Max(0, facts.Moves.Count - MostMoves),
            [.. live.Take(MostRows).Select(i => PortfolioRow.Of(i.Facts, facts))],
            Math.Max(0, live.Count - MostRows),
            [.. Stopped(rest, facts), .. Named(rest, Stage.Idea, "Ideas"), .. Named(rest, Stage.Retired, "Retired")],
            where,
            settable);
    }

    /// <summary>One sentence. Samples are told of in the table and never counted beside real ones.</summary>
    private static string Headline(PortfolioFacts facts, IReadOnlyList<(InitiativeFacts Facts, IReadOnlyList<Need> Needs)> live)
    {
        var counted = live.Where(i => Counts(i.Facts, facts)).ToList();
        var needy = counted.FindAll(i => i.Needs.Count > 0);
        if (needy.Count == 0)
        {
            return facts.Initiatives.Count == 0 ? "No initiative is registered yet." : "Nothing needs you this week.";
        }

        var head = $"{needy.Count} of {counted.Count} {(needy.Count == 1 ? "needs" : "need")} you";
        var named = needy.ConvertAll(i => $"{Say.Shortened(i.Facts.Initiative.Name, LongestName)} ({PortfolioRow.InWords(i.Needs[0], i.Facts)})");
        for (var shown = needy.Count; shown > 0; shown--)
        {
            var more = needy.Count > shown ? $" and {needy.Count - shown} more" : "";
            if ($"{head}: {string.Join(", ", named.Take(shown))}{more}." is { Length: <= LongestHeadline } sentence)
            {
                return sentence;
            }
        }

        return head + ".";
    }

    /// <summary>The one-more-pilot count: what was started, and what became of it.</summary>
    private static string? Pilots(PortfolioFacts facts)
    {
        var started = facts.Initiatives.Where(i => i.StartedAt is not null && Counts(i, facts)).ToList();
        if (started.Count == 0)
        {
            return null;
        }

        var since = WeeklySlot.In(started.Min(i => i.StartedAt!.Value), facts.Zone);
        var stalled = started.Count(i => i.Initiative.Stage == Stage.Stalled);
        var ended = started.Count(i => i.Initiative.Stage == Stage.Retired && !i.WasInProduction);
        var inProduction = started.Count(i => i.Initiative.Stage == Stage.Production);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"started {started.Count}, stalled {stalled}, ")
            + (ended > 0 ? $"ended before production {ended}, " : "")
            + (inProduction > 0 ? $"in production {inProduction}" : "none in production")
            + since.ToString(", 'since' MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Samples count only while there is nothing else.</summary>
    private static bool Counts(InitiativeFacts one, PortfolioFacts facts) => !one.Initiative.IsSample || facts.Initiatives.All(i => i.Initiative.IsSample);

    private static PortfolioMove Move(StageMove move, PortfolioFacts facts)
    {
        var on = Say.Date(WeeklySlot.DateIn(move.At, facts.Zone), WeeklySlot.DateIn(facts.At, facts.Zone));
        return new PortfolioMove(
            Name(move.Initiative, move.IsSample),
            move.From is { } from ? $"{from.Label()} to {move.To.Label()}, {on}" : $"registered as {move.To.Label()}, {on}",
            move.Reason is { } reason ? Say.Shortened(reason, LongestReason) : null,
            move.By is { } by ? Say.Shortened(by, LongestName) : null);
    }

    /// <summary>What stalled, the newest first, with what kept it from production as somebody said it.</summary>
    private static IEnumerable<PortfolioLine> Stopped(List<InitiativeFacts> rest, PortfolioFacts facts)
    {
        var stalled = rest.Where(i => i.Initiative.Stage == Stage.Stalled)
            .OrderBy(i => i.Initiative.IsSample).ThenByDescending(i => i.Since).ThenBy(i => i.Initiative.Id.Value).ToList();
        foreach (var one in stalled.Take(MostStalled))
        {
            yield return new PortfolioLine(
                Name(one.Initiative.Name, one.Initiative.IsSample),
                $"{TimeInStage.InWords(one.Initiative, one.Since, facts.At)}, {Why(one, facts)}");
        }

        if (stalled.Count > MostStalled)
        {
            yield return new PortfolioLine("Stalled", $"{stalled.Count - MostStalled} more");
        }
    }

    /// <summary>The sentence is not repeated where it stands among the moves already.</summary>
    private static string Why(InitiativeFacts stalled, PortfolioFacts facts) => stalled.Obstacle switch
    {
        null or { Cause: Cause.Unknown, Sentence: null } => "no cause recorded",
        { Sentence: { } sentence } said when facts.Moves.Take(MostMoves).Any(m => m.Initiative == stalled.Initiative.Name && m.Reason == sentence) => said.Cause.Label(),
        { } said => said.InWords(LongestReason),
    };

    private static IEnumerable<PortfolioLine> Named(List<InitiativeFacts> rest, Stage stage, string label)
    {
        var names = rest.Where(i => i.Initiative.Stage == stage).OrderBy(i => i.Initiative.IsSample).ThenBy(i => i.Initiative.Name, StringComparer.OrdinalIgnoreCase)
            .Select(i => Name(i.Initiative.Name, i.Initiative.IsSample)).ToList();
        return names.Count == 0 ? []
            : [new PortfolioLine(label, string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : ""))];
    }

    private static string Name(string name, bool isSample) => Say.Shortened(name, LongestName) + (isSample ? " (sample)" : "");
}

/// <param name="Headline">One sentence: what needs the managers, or that nothing does.</param>
/// <param name="Week">"week until 27 Nov".</param>
/// <param name="LateBy">Said when the service was down at its time.</param>
/// <param name="Pilots">The one-more-pilot count; null while nothing was started.</param>
/// <param name="Moves">What moved stage since the last one.</param>
/// <param name="Rows">Those that need somebody first.</param>
/// <param name="Others">Without a loop: stalled with the cause, ideas, retired.</param>
public sealed record PortfolioCard(
    string Key,
    string Headline,
    string Week,
    string? LateBy,
    string? Pilots,
    IReadOnlyList<PortfolioMove> Moves,
    int MoreMoves,
    IReadOnlyList<PortfolioRow> Rows,
    int MoreRows,
    IReadOnlyList<PortfolioLine> Others,
    string? Where,
    bool Settable) : ICardData
{
    public static string Template => "portfolio";
}

/// <param name="Move">"pilot to stalled, 24 Nov".</param>
/// <param name="Reason">Verbatim.</param>
public sealed record PortfolioMove(string Initiative, string Move, string? Reason, string? By);

/// <summary>What has no row: its name or kind, and what there is to say.</summary>
public sealed record PortfolioLine(string Label, string Text);
