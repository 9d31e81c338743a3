using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Digests;
using Bot.Evidence;
using Bot.Store;
using Bot.Trends;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary>Posts the agenda of a review, filled with the week's answers and what is open from before, and changes it in place.</summary>
public sealed class PostReview(BotDb db, ReadWeeks weeks, ReadReviews reviews, ReadThemes themes, ReadEvidence evidence, Outbox outbox, CardBook cards, TimeProvider clock)
{
    private const int MaxTexts = 5;
    private const int MaxText = 300;
    private const int MostMonitors = 5;
    private const int MaxStruggles = 8;

    public async Task PostAsync(RoundInHand week, CancellationToken ct) =>
        outbox.Post(week.Round.WorkspaceId, week.ReviewKey, week.Loop.ChannelId, await CardAsync(week, ct));

    public async Task AgainAsync(RoundInHand week, CancellationToken ct) =>
        await outbox.ChangeAsync(week.Round.WorkspaceId, week.ReviewKey, await CardAsync(week, ct), ct);

    private async Task<Card> CardAsync(RoundInHand week, CancellationToken ct)
    {
        var round = week.Round;
        var figures = await weeks.FiguresAsync(round, ct);
        var facts = await reviews.OfAsync(week, ct);
        var monitors = await evidence.LinesAsync(week, figures.Drift, MostMonitors, ct);
        var struggles = GotInTheWay.Agenda(figures, await themes.OfAsync(week, ct));
        var comments = db.Answers.Local.Where(a => a.RoundId == round.Id && a.Counted && a.Comment != null)
            .OrderBy(a => a.Comment, StringComparer.Ordinal).Take(MaxTexts).Select(a => new { a.PersonId, a.Comment }).ToList();
        var writers = comments.Select(c => c.PersonId).OfType<PersonId>().ToList();
        var names = await db.People.Where(p => writers.Contains(p.Id) || p.Id == round.FacilitatorId).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return cards.Fill(new ReviewCard(
            round.Id.ToString(),
            week.Initiative.Name,
            Say.Week(round.ReviewDate),
            Say.DayAndTime(round.ReviewAt, week.Zone),
            round.FacilitatorId is { } facilitator ? names.GetValueOrDefault(facilitator) : null,
            round.StartedAt is not null,
            round.State == RoundState.Closed,
            Agenda.Minutes(Step.Review, week.Loop.Slot.Minutes),
            Agenda.Minutes(Step.Adapt, week.Loop.Slot.Minutes),
            Words.Answered(figures),
            Words.Performance(figures),
            [.. comments.Select(c => new Said(c.PersonId is { } by ? names.GetValueOrDefault(by) : null, Say.Shortened(c.Comment!, MaxText)))],
            [.. struggles.Take(MaxStruggles)],
            Math.Max(0, struggles.Count - MaxStruggles),
            Words.Drift(figures.Drift),
            [.. (figures.Drift?.Examples ?? []).Take(MaxTexts).Select(e => Say.Shortened(e, MaxText))],
            monitors.Lines,
            monitors.More,
            monitors.Disagreement,
            facts.LastExperiment,
            facts.Decisions,
            facts.Actions(Today(week)),
            facts.Experiment));
    }

    private DateOnly Today(RoundInHand week) => Loops.WeeklySlot.DateIn(clock.GetUtcNow(), week.Zone);
}

/// <param name="Key">The round.</param>
/// <param name="Struggles">What has gone on for three weeks without an action first.</param>
/// <param name="BoxMinutes">Length of each of the three boxes.</param>
/// <param name="AdaptMinutes">Length of the last box.</param>
/// <param name="Monitors">What monitors reported this week; empty when nothing.</param>
/// <param name="MoreMonitors">How many more series were reported, if more than are shown.</param>
/// <param name="Disagreement">How people and monitors disagree about drift, if they do.</param>
public sealed record ReviewCard(
    string Key,
    string Initiative,
    string Week,
    string ReviewAt,
    string? Facilitator,
    bool Started,
    bool Ended,
    int BoxMinutes,
    int AdaptMinutes,
    string Answered,
    string Performance,
    IReadOnlyList<Said> Comments,
    IReadOnlyList<StruggleLine> Struggles,
    int MoreStruggles,
    string Drift,
    IReadOnlyList<string> DriftExamples,
    IReadOnlyList<string> Monitors,
    string? MoreMonitors,
    string? Disagreement,
    ExperimentLine? LastExperiment,
    IReadOnlyList<string> Decisions,
    IReadOnlyList<ActionLine> Actions,
    ExperimentLine? Experiment) : ICardData
{
    public static string Template => "review";
}

/// <summary>Something somebody wrote, with their name where they gave it.</summary>
public sealed record Said(string? By, string Text);
