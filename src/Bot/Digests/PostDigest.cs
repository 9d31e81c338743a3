using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Links;
using Bot.Reviews;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Digests;

/// <summary>Posts the digest of a week, and changes it in place when a late answer or a late decision belongs in it.</summary>
public sealed class PostDigest(BotDb db, ReadWeeks weeks, ReadReviews reviews, Outbox outbox, ILinks links, CardBook cards, TimeProvider clock)
{
    private const int WeeksShown = 12;
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(10);

    public async Task PostAsync(RoundInHand week, CancellationToken ct) =>
        outbox.Post(week.Round.WorkspaceId, week.DigestKey, week.Loop.ChannelId, await CardAsync(week, ct));

    public async Task AgainAsync(RoundInHand week, CancellationToken ct) =>
        await outbox.ChangeAsync(week.Round.WorkspaceId, week.DigestKey, await CardAsync(week, ct), ct);

    public async Task<Card> CardAsync(RoundInHand week, CancellationToken ct)
    {
        var before = await weeks.MeansAsync(week.Loop.Id, WeeksShown, week.Round.ReviewDate, ct);
        var figures = await weeks.FiguresAsync(week.Round, ct);
        var lateAnswers = db.Answers.Local.Count(a => a.RoundId == week.Round.Id && a.Late && a.Counted);
        var late = (week.Round.ClosedAt ?? clock.GetUtcNow()) - week.Round.ClosesAt;
        return cards.Fill(ComposeDigest.From(new DigestFacts(
            week, figures, before, await reviews.OfAsync(week, ct), lateAnswers, !week.Round.Imported && late > OnTime ? late : null,
            links.Report(week.Round.WorkspaceId, week.Initiative.Id))));
    }
}
