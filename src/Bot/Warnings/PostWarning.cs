using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary>Posts a warning, and changes the post in place when it is answered, resolved or worse. What people wrote is read when it is shown, never stored with it.</summary>
public sealed class PostWarning(BotDb db, ReadPast past, ReadWarningFacts facts, Outbox outbox, CardBook cards, TimeProvider clock)
{
    private const int MostLines = 8;
    private const int MostButtons = 3;
    private const int MostQuote = 300;

    public async Task NowAsync(Warning warning, Initiative initiative, ChannelId to, CancellationToken ct)
    {
        if (warning.PostedLevel > 0)
        {
            await ChangeAsync(warning, await CardAsync(warning, initiative, "It got worse: see the newer message.", ct), ct);
        }

        (warning.PostedLevel, warning.PostedAt) = (warning.Level, clock.GetUtcNow());
        outbox.Post(warning.WorkspaceId, Key(warning), to, cards.Fill(await CardAsync(warning, initiative, null, ct)));
    }

    public async Task AgainAsync(Warning warning, Initiative initiative, CancellationToken ct) =>
        await ChangeAsync(warning, await CardAsync(warning, initiative, null, ct), ct);

    /// <summary>Its evidence in words, the earlier initiatives with their weeks and recorded answers.</summary>
    public async Task<IReadOnlyList<string>> EvidenceAsync(Warning warning, Initiative initiative, CancellationToken ct) =>
        InWords(warning, await EarlierAsync(warning, initiative, ct));

    private static IReadOnlyList<string> InWords(Warning warning, Dictionary<InitiativeId, EarlierLine> earlier) =>
        [.. Lines(warning).Select(line => EvidenceLine.InitiativeIn(line) is { } id ? earlier.GetValueOrDefault(id)?.Line : char.ToUpperInvariant(line[0]) + line[1..]).OfType<string>()];

    private static string[] Lines(Warning warning) => warning.Evidence.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Oldest first; what was answered in this turn included.</summary>
    public async Task<IReadOnlyList<AnswerLine>> AnswersAsync(Warning warning, CancellationToken ct)
    {
        await db.WarningAnswers.Where(a => a.WarningId == warning.Id).LoadAsync(ct);
        var answers = db.WarningAnswers.Local.Where(a => a.WarningId == warning.Id).OrderBy(a => a.At).ThenBy(a => a.Id.Value).ToList();
        var by = answers.Select(a => a.By).Distinct().ToList();
        var names = await db.People.Where(p => by.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return [.. answers.Select(a => new AnswerLine(names.GetValueOrDefault(a.By) ?? "somebody", a.Text.Length > 0 ? $"“{a.Text}”" : "the text was deleted"))];
    }

    private static string Key(Warning warning) => $"warning:{warning.Id}:{warning.PostedLevel}";

    private Task ChangeAsync(Warning warning, WarningCard card, CancellationToken ct) =>
        outbox.ChangeAsync(warning.WorkspaceId, Key(warning), cards.Fill(card), ct);

    private async Task<WarningCard> CardAsync(Warning warning, Initiative initiative, string? over, CancellationToken ct)
    {
        // A post that a newer one has replaced is not changed again, so it quotes nobody.
        var earlier = over is null ? await EarlierAsync(warning, initiative, ct) : [];
        var evidence = over is null ? InWords(warning, earlier) : [];
        var answers = over is null ? await AnswersAsync(warning, ct) : [];
        var unclear = earlier.Values.Where(e => !e.IsAnswered).Take(MostButtons);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var ended = over ?? (warning.EndedAt is not { } at ? null
            : warning.State == WarningState.Answered ? $"Answered on {Say.Date(DateOnly.FromDateTime(at.UtcDateTime), today)}. It is said again only if it gets worse."
            : $"Resolved: the facts changed in the {Say.Week(DateOnly.FromDateTime(at.UtcDateTime), today)}.");
        return new WarningCard(
            warning.Id.ToString(), initiative.Name, initiative.IsSample, Warning.LevelWord(warning.Level), Warning.TitleOf(warning.Rule), warning.Finding,
            [.. evidence.Take(MostLines)], Math.Max(0, evidence.Count - MostLines), AllRules.Find(warning.Rule)?.Question ?? "", ended, answers,
            ended is null ? [.. unclear.Select(e => new StoppedLine(e.Key, e.Button))] : []);
    }

    /// <summary>Those of the named that are still unfinished, in the order in which they are named.</summary>
    private async Task<Dictionary<InitiativeId, EarlierLine>> EarlierAsync(Warning warning, Initiative initiative, CancellationToken ct)
    {
        var named = Lines(warning).Select(EvidenceLine.InitiativeIn).OfType<InitiativeId>().ToList();
        if (named.Count == 0)
        {
            return [];
        }

        var unfinished = (await past.OfAsync(initiative.WorkspaceId, initiative.IsSample, ct)).Unfinished.ToDictionary(e => e.Initiative.Id);
        return named.Distinct().Where(unfinished.ContainsKey).Select(id => facts.WithNewest(unfinished[id])).ToDictionary(
            e => e.Initiative.Id,
            e => new EarlierLine(
                e.Initiative.Id.ToString(), e.IsAnswered,
                $"{e.Initiative.Name}: {e.InWords}. {(e.Obstacle is { } said ? $"Recorded: {said.InWords(MostQuote)}" : "Nobody has said what stopped it")}",
                $"What stopped {Say.Shortened(e.Initiative.Name, 16)}?"));
    }

    private sealed record EarlierLine(string Key, bool IsAnswered, string Line, string Button);
}

/// <param name="Key">The warning.</param>
/// <param name="Level">"Notice", "Warning" or "Critical".</param>
/// <param name="Title">The rule, as people call it.</param>
/// <param name="Evidence">Weeks, counts, and the recorded answers about earlier initiatives, verbatim.</param>
/// <param name="More">Lines that are not shown.</param>
/// <param name="Ended">How it ended; null while it is open.</param>
/// <param name="Stopped">Earlier initiatives about which nobody has said clearly what stopped them.</param>
public sealed record WarningCard(
    string Key,
    string Initiative,
    bool IsSample,
    string Level,
    string Title,
    string Finding,
    IReadOnlyList<string> Evidence,
    int More,
    string Question,
    string? Ended,
    IReadOnlyList<AnswerLine> Answers,
    IReadOnlyList<StoppedLine> Stopped) : ICardData
{
    public static string Template => "warning";
}

/// <param name="Text">In quotes, or that it was deleted.</param>
public sealed record AnswerLine(string By, string Text);

/// <param name="Key">The earlier initiative.</param>
/// <param name="Title">What the button says.</param>
public sealed record StoppedLine(string Key, string Title);
