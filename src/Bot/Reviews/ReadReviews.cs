using Bot.Cards;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary>Reads what a review has decided and what it carries from before.</summary>
public sealed class ReadReviews(BotDb db)
{
    public async Task<ReviewFacts> OfAsync(RoundInHand week, CancellationToken ct)
    {
        var (round, loop) = (week.Round.Id, week.Loop.Id);
        await db.Decisions.Where(d => d.RoundId == round).LoadAsync(ct);
        await db.Experiments.Where(x => x.LoopId == loop).OrderByDescending(x => x.Id).Take(2).LoadAsync(ct);
        await db.ActionItems.Where(a => a.LoopId == loop && (a.DoneAt == null || a.DoneAt >= week.Round.OpensAt)).LoadAsync(ct);
        // What was decided in this turn and is not saved yet belongs to it.
        var experiments = db.Experiments.Local.Where(x => x.LoopId == loop).OrderByDescending(x => x.Id.Value).ToList();
        var actions = db.ActionItems.Local.Where(a => a.LoopId == loop && (a.DoneAt is null || a.DoneAt >= week.Round.OpensAt)).ToList();
        var owners = actions.Select(a => a.OwnerId).Distinct().ToList();
        var names = await db.People.Where(p => owners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var earlier = experiments.Find(x => x.RoundId != round && (x.Result is null or ExperimentResult.NotYet || x.ResultRoundId == round));
        var today = week.Round.ReviewDate;
        return new ReviewFacts(
            [.. db.Decisions.Local.Where(d => d.RoundId == round).OrderBy(d => d.Id.Value).Select(d => d.Text)],
            experiments.Find(x => x.RoundId == round) is { } set ? ExperimentLine.Of(set, today) : null,
            earlier is null ? null : ExperimentLine.Of(earlier, today),
            [.. actions.OrderBy(a => a.DueOn).ThenBy(a => a.Id.Value).Select(a => (a, names.GetValueOrDefault(a.OwnerId) ?? "nobody"))]);
    }
}

/// <summary>What a review decided and carries.</summary>
/// <param name="Experiment">Set in this review.</param>
/// <param name="LastExperiment">From an earlier one, not settled before this one.</param>
public sealed record ReviewFacts(
    IReadOnlyList<string> Decisions,
    ExperimentLine? Experiment,
    ExperimentLine? LastExperiment,
    IReadOnlyList<(ActionItem Item, string Owner)> Items)
{
    /// <summary>Overdue first, then by date, then what was done since the round opened.</summary>
    public IReadOnlyList<ActionLine> Actions(DateOnly today) =>
        [.. Items.Select(i => ActionLine.Of(i.Item, i.Owner, today)).OrderBy(a => a.Done).ThenByDescending(a => a.Overdue)];
}

/// <param name="Key">The action.</param>
public sealed record ActionLine(string Key, string Text, string Owner, string Due, bool Overdue, bool Done)
{
    public static ActionLine Of(ActionItem item, string owner, DateOnly today) => new(
        item.Id.ToString(), item.Text, owner, Say.Date(item.DueOn, today), item.DoneAt is null && item.DueOn < today, item.DoneAt is not null);
}

/// <param name="Key">The experiment.</param>
/// <param name="Result">"yes", "not yet", "no", or null while nobody has said.</param>
/// <param name="Settled">No more to ask.</param>
public sealed record ExperimentLine(string Key, string Change, string Expect, string By, string? Result, bool Settled)
{
    public static ExperimentLine Of(Experiment experiment, DateOnly today) => new(
        experiment.Id.ToString(), experiment.Change, experiment.Expect, Say.Date(experiment.By, today),
        experiment.Result switch { ExperimentResult.Yes => "yes", ExperimentResult.NotYet => "not yet", ExperimentResult.No => "no", _ => null },
        experiment.Result is ExperimentResult.Yes or ExperimentResult.No);
}
