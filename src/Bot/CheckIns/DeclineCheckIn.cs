using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Store;

namespace Bot.CheckIns;

/// <summary>"Not this week": no reminder, still possible to change one's mind.</summary>
public sealed class DeclineCheckIn(BotDb db, Outbox outbox, CardBook cards, TimeProvider clock) : IActionHandler
{
    public const string Action = "checkin.decline";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct) is not { } week
            || await db.Invitations.FindAsync([week.Round.Id, asked.By.Id], ct) is not { } invitation)
        {
            return Notice.Whisper(cards, "This check-in is not known here any more.");
        }

        if (invitation.AnsweredAt is not null)
        {
            return Notice.Whisper(cards, "You have answered this week already; your answer stays.");
        }

        invitation.DeclinedAt ??= clock.GetUtcNow();
        var card = cards.Fill(new CheckInDeclinedCard(key, week.Initiative.Name, Say.Week(week.Round.ReviewDate)));
        await outbox.ChangeAsync(asked.Workspace.Id, week.PromptKey(asked.By.Id), card, ct);
        return new Reply.ReplaceCard(card);
    }
}

/// <param name="Key">The round.</param>
public sealed record CheckInDeclinedCard(string Key, string Initiative, string Week) : ICardData
{
    public static string Template => "checkin-declined";
}
