using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Reminds, once, those who have said nothing; somebody in several loops gets one reminder that lists them all.</summary>
public sealed class RemindTheSilent(BotDb db, Outbox outbox, CardBook cards, TimeProvider clock)
{
    /// <summary>Reminders due this close together become one.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromHours(12);

    public async Task<StepState> DoAsync(RoundInHand week, CancellationToken ct)
    {
        if (week.Round.State != RoundState.Collecting)
        {
            return StepState.Dropped;
        }

        var now = clock.GetUtcNow();
        if (now >= week.Round.ReviewAt)
        {
            return StepState.Missed;
        }

        var until = now + Together;
        var silent = await SilentAsync(week, until, ct);
        foreach (var person in silent.GroupBy(s => s.Person.Id))
        {
            // Another round of this batch may have reminded them a moment ago, not yet saved.
            var open = person.Where(s => s.Invitation.RemindedAt is null).ToList();
            if (!open.Exists(s => s.Week.Round.Id == week.Round.Id))
            {
                continue;
            }

            open.ForEach(s => s.Invitation.RemindedAt = now);
            var to = open[0].Person;
            outbox.Post(week.Round.WorkspaceId, $"remind:{week.Round.Id}:{to.Id}", to.Id, cards.Fill(new ReminderCard(
                [.. open.OrderBy(s => s.Week.Round.ReviewAt).Select(s => new ReminderLine(
                    s.Week.Round.Id.ToString(), s.Week.Initiative.Name, Say.DayAndTime(s.Week.Round.ReviewAt, to.TimeZone ?? s.Week.Zone)))])));
        }

        return StepState.Done;
    }

    /// <summary>Everybody silent in this round, with all their other open check-ins whose reminder is due about now.</summary>
    private async Task<List<Silent>> SilentAsync(RoundInHand week, DateTimeOffset until, CancellationToken ct)
    {
        var here = db.Invitations.Where(i => i.RoundId == week.Round.Id && i.AnsweredAt == null && i.DeclinedAt == null && i.RemindedAt == null)
            .Select(i => i.PersonId);
        var rows = await (
            from invitation in db.Invitations
            join round in db.Rounds on invitation.RoundId equals round.Id
            join person in db.People on invitation.PersonId equals person.Id
            where here.Contains(invitation.PersonId) && invitation.AnsweredAt == null && invitation.DeclinedAt == null && invitation.RemindedAt == null
                && person.GoneAt == null && round.State == RoundState.Collecting && (round.Id == week.Round.Id || round.RemindsAt <= until)
            select new { invitation, person, round.Id }).ToListAsync(ct);
        var weeks = (await RoundInHand.LoadAsync(db, [.. rows.Select(r => r.Id).Distinct()], ct)).ToDictionary(w => w.Round.Id);
        return [.. rows.Select(r => new Silent(r.invitation, r.person, weeks[r.Id]))];
    }

    private sealed record Silent(Invitation Invitation, Person Person, RoundInHand Week);
}

public sealed record ReminderCard(IReadOnlyList<ReminderLine> Open) : ICardData
{
    public static string Template => "reminder";
}

/// <param name="Key">The round.</param>
public sealed record ReminderLine(string Key, string Initiative, string Until);
