using Bot.Cards;
using Bot.Chat;

namespace Bot.Warnings;

/// <summary>Why a warning is there: its rule in plain words, the numbers in force, all of its evidence.</summary>
public sealed class ExplainWarning(FindWarning find, PostWarning post, ReadWarningFacts read, CardBook cards) : IActionHandler
{
    public const string Action = "warning.why";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } hand && AllRules.Find(hand.Warning.Rule) is { } rule
            ? await OfAsync(asked, rule, hand, ct)
            : find.Unknown();

    /// <param name="named">A rule's id, title or number; empty for the list of them.</param>
    public async Task<Reply> RuleAsync(Asked asked, string named, CancellationToken ct)
    {
        if (AllRules.Find(named) is { } rule)
        {
            return await OfAsync(asked, rule, null, ct);
        }

        var all = string.Join(", ", AllRules.List.Select((r, i) => $"{i + 1} {Warning.TitleOf(r.Id)}"));
        return Notice.Whisper(cards, (named.Length > 0 ? $"I do not know a rule \"{Say.Shortened(named, 60)}\". " : "") + $"The rules: {all}. Ask by name or number: `/pilot warnings why 7`");
    }

    private async Task<Reply> OfAsync(Asked asked, IRule rule, WarningInHand? hand, CancellationToken ct)
    {
        var thresholds = await read.ThresholdsAsync(asked.Workspace.Id, ct);
        return new Reply.Whisper(cards.Fill(new WarningWhyCard(
            hand?.Initiative.Id.ToString(),
            hand?.Initiative.Name,
            Warning.TitleOf(rule.Id),
            rule.Explanation,
            rule.Question,
            [.. Thresholds.Of(rule.Id).Select(s => new ThresholdLine(s.Label, Say.Number(thresholds[s.Name]) + (thresholds.IsSet(s.Name) ? $", set here; default {Say.Number(s.Default)}" : "")))],
            hand is null ? null : $"{Warning.LevelWord(hand.Warning.Level)}: {hand.Warning.Finding}",
            hand is null ? [] : await post.EvidenceAsync(hand.Warning, hand.Initiative, ct))));
    }
}

/// <param name="Key">The initiative; null when only the rule was asked about.</param>
/// <param name="Finding">With its level.</param>
public sealed record WarningWhyCard(
    string? Key,
    string? Initiative,
    string Title,
    string Explanation,
    string Question,
    IReadOnlyList<ThresholdLine> Thresholds,
    string? Finding,
    IReadOnlyList<string> Evidence) : ICardData
{
    public static string Template => "warning-why";
}

/// <param name="Value">In force here, with the default where it differs.</param>
public sealed record ThresholdLine(string Label, string Value);
