using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Links;
using Bot.Readiness;
using Bot.Reviews;
using Bot.Store;
using Bot.Ties;
using Bot.Trends;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Digests;

/// <summary>Posts the digest of a week, and changes it in place when a late answer or a late decision belongs in it.</summary>
public sealed class PostDigest(
    BotDb db, ReadWeeks weeks, ReadTrends trends, ReadThemes themes, ReadReviews reviews, ReadEvidence evidence, ReadPlanProgress plan, ReadReliance reliance,
    ReadWarnings warnings, AcrossTies across, Outbox outbox, ILinks links, CardBook cards, TimeProvider clock)
{
    private const int WeeksShown = 12;
    private const int MonitorsShown = 3;
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(10);

    public async Task PostAsync(RoundInHand week, CancellationToken ct) =>
        outbox.Post(week.Round.WorkspaceId, week.DigestKey, week.Loop.ChannelId, await CardAsync(week, ct));

    public async Task AgainAsync(RoundInHand week, CancellationToken ct) =>
        await outbox.ChangeAsync(week.Round.WorkspaceId, week.DigestKey, await CardAsync(week, ct), ct);

    public async Task<Card> CardAsync(RoundInHand week, CancellationToken ct)
    {
        var date = week.Round.ReviewDate;
        var figures = await weeks.FiguresAsync(week.Round, ct);
        var past = await trends.BeforeAsync(week.Loop, week.Initiative, date, ct);
        var review = await reviews.OfAsync(week, ct);
        var lateAnswers = db.Answers.Local.Count(a => a.RoundId == week.Round.Id && a.Late && a.Counted);
        var late = (week.Round.ClosedAt ?? clock.GetUtcNow()) - week.Round.ClosesAt;
        return cards.Fill(ComposeDigest.From(new DigestFacts(week, figures, review)
        {
            Before = [.. past.Means.TakeLast(WeeksShown)],
            Performance = past.Performance((date, figures.Mean)),
            Behaviour = past.Behaviour((date, figures.Metric)),
            Themes = await themes.OfAsync(week, ct),
            Monitors = await evidence.LinesAsync(week, figures.Drift, MonitorsShown, ct),
            Plan = (await plan.OfAsync(week.Initiative.Id, ct)).InWords(await reliance.OfAsync(week.Loop.Id, ct)),
            Warnings = await warnings.OpenAsync(week.Initiative.Id, ct),
            Together = await across.WeekTogetherAsync(week.Round, figures, ct),
            LateAnswers = lateAnswers,
            LateBy = !week.Round.Imported && late > OnTime ? late : null,
            Report = links.Report(week.Round.WorkspaceId, week.Initiative.Id),
        }));
    }
}
