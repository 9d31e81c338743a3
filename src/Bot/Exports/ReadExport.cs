using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Exports;

/// <summary>Everything of one loop that may leave it.</summary>
/// <param name="Owner">The product owner's name.</param>
/// <param name="Builder">The builder's.</param>
/// <param name="Evidence">Everything monitors sent, oldest first.</param>
public sealed record LoopExport(
    LoopInHand Loop, string? Owner, string? Builder, IReadOnlyList<ExportedStage> Stages, IReadOnlyList<ExportedObstacle> Obstacles, IReadOnlyList<ExportedWarning> Warnings,
    IReadOnlyList<Member> Members, IReadOnlyList<ExportedWeek> Weeks, IReadOnlyList<ExportedText> Texts, IReadOnlyList<EvidenceItem> Evidence);

/// <summary>The initiative moved on, or was registered.</summary>
/// <param name="From">Null when it was registered.</param>
public sealed record ExportedStage(Stage? From, Stage To, string? Reason, string? By, DateTimeOffset At);

/// <summary>What prevented the initiative from reaching production, as somebody said it.</summary>
public sealed record ExportedObstacle(Cause Cause, string? Sentence, string? By, DateTimeOffset At);

/// <summary>What a rule found, with what was answered.</summary>
/// <param name="Level">"Notice", "Warning" or "Critical".</param>
public sealed record ExportedWarning(
    string Rule, string Level, WarningState State, string Finding, IReadOnlyList<string> Evidence, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, IReadOnlyList<ExportedAnswer> Answers);

/// <summary>What somebody answered to a warning; the text is empty once they have deleted it.</summary>
public sealed record ExportedAnswer(string Text, string? By, DateTimeOffset At);

/// <summary>Somebody who takes part.</summary>
public sealed record Member(string Name, Role Role, Joined Joined);

/// <summary>Reads an export: a few queries for any number of weeks, the answers of some weeks at a time.</summary>
public sealed class ReadExport(BotDb db)
{
    private const int WeeksAtOnce = 25;

    public async Task<LoopExport> OfAsync(LoopInHand loop, CancellationToken ct)
    {
        var id = loop.Loop.Id;
        var rounds = await db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == id && (r.State == RoundState.Closed || r.State == RoundState.InReview || r.State == RoundState.Skipped))
            .OrderBy(r => r.ReviewDate).ToListAsync(ct);
        var names = await db.People.Where(p => p.WorkspaceId == loop.Loop.WorkspaceId).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var asked = await db.Invitations
            .Join(db.Rounds.Where(r => r.LoopId == id), i => i.RoundId, r => r.Id, (_, round) => round.Id)
            .GroupBy(round => round).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var reviewed = (await OfReviewsAsync(rounds, id, names, ct)).ToLookup(t => t.Week);
        var (weeks, texts) = (new List<ExportedWeek>(), new List<ExportedText>());
        var sent = await MetricFromEvidence.SentAsync(db, id, rounds.ConvertAll(r => r.ReviewDate), ct);
        foreach (var some in rounds.Chunk(WeeksAtOnce))
        {
            var ids = some.Select(r => r.Id).ToList();
            var answers = (await db.Answers.AsNoTracking().Where(a => ids.Contains(a.RoundId)).ToListAsync(ct)).ToLookup(a => a.RoundId);
            var notes = (await db.NamelessNotes.AsNoTracking().Where(n => ids.Contains(n.RoundId)).ToListAsync(ct)).ToLookup(n => n.RoundId);
            foreach (var round in some)
            {
                var week = ExportedWeek.Of(round, asked.GetValueOrDefault(round.Id), [.. answers[round.Id]], [.. notes[round.Id]]);
                weeks.Add(week.Figures is { Metric: null } figures && sent.TryGetValue(round.ReviewDate, out var value) ? week with { Figures = figures with { Metric = value } } : week);
                texts.AddRange(ChooseTexts.From(week.Week, [.. answers[round.Id]], [.. notes[round.Id]], names).Concat(ChooseTexts.InOrder(reviewed[week.Week])));
            }
        }

        texts.AddRange(ChooseTexts.InOrder(reviewed[null]));
        var members = await db.Participants.AsNoTracking().Where(p => p.LoopId == id && p.LeftAt == null).ToListAsync(ct);
        var stages = await db.StageChanges.AsNoTracking().Where(s => s.InitiativeId == loop.Initiative.Id).ToListAsync(ct);
        var obstacles = await db.Obstacles.AsNoTracking().Where(o => o.InitiativeId == loop.Initiative.Id).ToListAsync(ct);
        return new LoopExport(
            loop, NameOf(loop.Initiative.OwnerId), NameOf(loop.Initiative.BuilderId),
            [.. stages.OrderBy(s => s.At).ThenBy(s => s.Id.Value).Select(s => new ExportedStage(s.From, s.To, s.Reason, NameOf(s.By), s.At))],
            [.. obstacles.OrderBy(o => o.At).ThenBy(o => o.Id.Value).Select(o => new ExportedObstacle(o.Cause, o.Sentence, NameOf(o.By), o.At))],
            await WarningsAsync(loop.Initiative, names, ct),
            [.. members.Select(m => new Member(names.GetValueOrDefault(m.PersonId) ?? "", m.Role, m.Joined)).OrderBy(m => m.Name, StringComparer.Ordinal)],
            weeks, texts, await EvidenceAsync(loop.Initiative.Id, ct));

        string? NameOf(Chat.PersonId? person) => person is { } known ? names.GetValueOrDefault(known) : null;
    }

    private async Task<IReadOnlyList<ExportedWarning>> WarningsAsync(Initiative initiative, Dictionary<Chat.PersonId, string> names, CancellationToken ct)
    {
        var found = await db.Warnings.AsNoTracking().Where(w => w.InitiativeId == initiative.Id).OrderBy(w => w.OpenedAt).ThenBy(w => w.Id).ToListAsync(ct);
        if (found.Count == 0)
        {
            return [];
        }

        var answers = (await db.WarningAnswers.AsNoTracking().Where(a => db.Warnings.Any(w => w.Id == a.WarningId && w.InitiativeId == initiative.Id)).OrderBy(a => a.At).ToListAsync(ct))
            .ToLookup(a => a.WarningId);
        var named = found.SelectMany(w => w.Evidence.Split('\n')).Select(EvidenceLine.InitiativeIn).OfType<InitiativeId>().Distinct().ToList();
        var initiatives = await db.Initiatives.Where(i => i.WorkspaceId == initiative.WorkspaceId && named.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Name, ct);
        return [.. found.Select(w => new ExportedWarning(
            w.Rule, Warning.LevelWord(w.Level), w.State, w.Finding,
            [.. w.Evidence.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => EvidenceLine.InitiativeIn(line) is { } id ? initiatives.GetValueOrDefault(id) : line).OfType<string>()],
            w.OpenedAt, w.EndedAt, [.. answers[w.Id].Select(a => new ExportedAnswer(a.Text, names.GetValueOrDefault(a.By), a.At))]))];
    }

    private async Task<List<EvidenceItem>> EvidenceAsync(InitiativeId initiative, CancellationToken ct) =>
        await db.Evidence.AsNoTracking().Where(i => i.InitiativeId == initiative).OrderBy(i => i.At).ThenBy(i => i.Id).ToListAsync(ct);

    /// <summary>Decisions, actions and experiments; those of a week that is not exported yet come with no week.</summary>
    private async Task<List<ExportedText>> OfReviewsAsync(
        List<Round> rounds, LoopId loop, Dictionary<Chat.PersonId, string> names, CancellationToken ct)
    {
        var weeks = rounds.ToDictionary(r => r.Id, r => ExportedWeek.IsoWeek(r.ReviewDate));
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.LoopId == loop).ToListAsync(ct);
        var actions = await db.ActionItems.AsNoTracking().Where(a => a.LoopId == loop).ToListAsync(ct);
        var experiments = await db.Experiments.AsNoTracking().Where(x => x.LoopId == loop).ToListAsync(ct);
        return
        [
            .. decisions.Select(d => new ExportedText(Week(d.RoundId), TextKind.Decision, names.GetValueOrDefault(d.By), d.Text)),
            .. actions.Select(a => new ExportedText(Week(a.RoundId), TextKind.Action, names.GetValueOrDefault(a.OwnerId), a.Text)),
            .. experiments.Select(x => new ExportedText(Week(x.RoundId), TextKind.Experiment, null, InWords(x))),
        ];

        string? Week(RoundId? round) => round is { } id ? weeks.GetValueOrDefault(id) : null;
    }

    private static string InWords(Experiment experiment) =>
        $"We change: {experiment.Change}. We expect by {experiment.By:yyyy-MM-dd}: {experiment.Expect}."
        + experiment.Result switch { ExperimentResult.Yes => " It happened.", ExperimentResult.No => " It did not happen.", ExperimentResult.NotYet => " Not yet.", _ => "" };
}
