using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Opens a round: seals the week before, asks every participant in their own chat, and says one line in the channel.</summary>
public sealed class OpenDueRounds(BotDb db, SkipRound skip, ReadPastProbes past, AcrossTies across, Outbox outbox, CardBook cards, TimeProvider clock)
{
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(10);

    public async Task<StepState> DoAsync(RoundInHand week, CancellationToken ct)
    {
        var (round, loop) = (week.Round, week.Loop);
        if (round.State != RoundState.Planned)
        {
            return StepState.Dropped;
        }

        var now = clock.GetUtcNow();
        if (loop.EndedAt is not null)
        {
            await skip.WithoutNextAsync(round, "the loop has ended", ct);
            return StepState.Dropped;
        }

        if (loop.PausedAt is not null)
        {
            await skip.AndPlanNextAsync(week, $"paused: {loop.PausedBecause}", ct);
            return StepState.Dropped;
        }

        if (await AwayAsync(week, ct) is { } away)
        {
            await skip.AndPlanNextAsync(week, away, ct);
            return StepState.Dropped;
        }

        if (now >= round.ReviewAt)
        {
            await skip.AndPlanNextAsync(week, "the service was down when it should have opened", ct);
            return StepState.Missed;
        }

        round.State = RoundState.Collecting;
        await db.Rounds.Where(r => r.LoopId == loop.Id && r.Id != round.Id && !r.Sealed)
            .ForEachAsync(r => r.Sealed = true, ct);
        var elsewhere = await across.AskedThereAsync(loop.Id, round.ReviewDate, ct);
        var people = (await ParticipantsAsync(loop, ct)).FindAll(p => !elsewhere.Contains(p.Person.Id));
        round.FacilitatorId = Facilitator(week, people);
        var probes = ChooseProbes.For(await past.OfAsync(people.ConvertAll(p => p.Person.Id), round, ct), []);
        foreach (var (person, role) in people)
        {
            Invite(week, person, role, probes[person.Id]);
        }

        var late = now - round.OpensAt;
        outbox.Post(round.WorkspaceId, $"open:{round.Id}", loop.ChannelId, cards.Fill(new RoundOpenCard(
            week.Initiative.Name, Say.Week(round.ReviewDate), people.Count, Say.DayAndTime(round.ReviewAt, week.Zone), loop.Asynchronous,
            late > OnTime ? Say.Span(late) : null)), notBefore: loop.LocalTime ? loop.Slot.HoursBefore(round.ReviewDate, loop.OpenHours) : null);
        return StepState.Done;
    }

    /// <summary>
    /// Asks one more person in a round that is already open, unless they are asked in the other place; who was asked in it before, left and is back
    /// has the prompt already.
    /// </summary>
    public async Task InviteAsync(RoundInHand week, Person person, Role role, CancellationToken ct)
    {
        if ((await across.AskedThereAsync(week.Loop.Id, week.Round.ReviewDate, ct)).Contains(person.Id))
        {
            return;
        }

        var (workspace, prompt) = (week.Round.WorkspaceId, week.PromptKey(person.Id));
        var probe = await past.OfLateAsync(person.Id, week.Round, ct);
        if (await db.Outbox.AnyAsync(o => o.WorkspaceId == workspace && o.Key == prompt, ct))
        {
            Ask(week, person, role, probe);
        }
        else
        {
            Invite(week, person, role, probe);
        }
    }

    /// <summary>Why nobody can be asked; null when they can. The owner is told once that the channel is gone, and what to do.</summary>
    private async Task<string?> AwayAsync(RoundInHand week, CancellationToken ct)
    {
        if (await db.Workspaces.FindAsync([week.Round.WorkspaceId], ct) is { RemovedAt: not null })
        {
            return "the bot was not installed";
        }

        if (week.Channel.GoneAt is not { } gone)
        {
            return null;
        }

        var key = $"away:{week.Loop.Id}:{gone.ToUnixTimeMilliseconds()}";
        if (week.Initiative.OwnerId is { } owner && !await db.Outbox.AnyAsync(o => o.WorkspaceId == week.Round.WorkspaceId && o.Key == key, ct))
        {
            outbox.Post(week.Round.WorkspaceId, key, owner, cards.Fill(new Notice(
                $"I am no longer in {week.Channel.Label}, so nobody is asked about {week.Initiative.Name} until I am. Invite me there again, or start a loop in another channel with `/pilot loop`.")));
        }

        return "the bot was not in the channel";
    }

    private void Invite(RoundInHand week, Person person, Role role, Probe probe)
    {
        Ask(week, person, role, probe);
        outbox.Post(week.Round.WorkspaceId, week.PromptKey(person.Id), person.Id, PromptCard(week, person), PromptAt(week, person));
    }

    private void Ask(RoundInHand week, Person person, Role role, Probe probe) =>
        db.Invitations.Add(new Invitation { RoundId = week.Round.Id, PersonId = person.Id, Role = role, Probe = probe.Id });

    private Card PromptCard(RoundInHand week, Person person) => cards.Fill(new CheckInPromptCard(
        week.Round.Id.ToString(), week.Initiative.Name, Say.Week(week.Round.ReviewDate), Say.DayAndTime(week.Round.ReviewAt, person.TimeZone ?? week.Zone), week.Loop.Asynchronous,
        person.TimeZone is null ? Say.City(week.Zone) : null));

    /// <summary>At the opening hour on the person's own clock where the loop wants that and it still leaves time before the reminder.</summary>
    private static DateTimeOffset? PromptAt(RoundInHand week, Person person)
    {
        if (!week.Loop.LocalTime || person.TimeZone is not { } zone)
        {
            return null;
        }

        var local = week.Loop.Slot.HoursBefore(week.Round.ReviewDate, week.Loop.OpenHours, zone);
        return local < week.Round.RemindsAt ? local : week.Loop.Slot.HoursBefore(week.Round.ReviewDate, week.Loop.OpenHours);
    }

    private async Task<List<(Person Person, Role Role)>> ParticipantsAsync(Loop loop, CancellationToken ct)
    {
        var rows = await (
            from participant in db.Participants.AsNoTracking()
            join person in db.People.AsNoTracking() on participant.PersonId equals person.Id
            where participant.LoopId == loop.Id && participant.LeftAt == null && participant.Role != Role.Observer && person.GoneAt == null
            orderby person.Id
            select new { person, participant.Role }).ToListAsync(ct);
        return [.. rows.Select(r => (r.person, r.Role))];
    }

    private static PersonId? Facilitator(RoundInHand week, List<(Person Person, Role Role)> people) =>
        week.Loop.Facilitation == Facilitation.Rotating && people.Count > 0
            ? people[Say.Monday(week.Round.ReviewDate).DayNumber / 7 % people.Count].Person.Id
            : week.Initiative.OwnerId;
}

/// <param name="Key">The round.</param>
/// <param name="Until">When the review is, in the reader's zone.</param>
/// <param name="LoopZone">The loop's city, where the reader's zone is not known and its is used; otherwise null.</param>
public sealed record CheckInPromptCard(string Key, string Initiative, string Week, string Until, bool Asynchronous, string? LoopZone) : ICardData
{
    public static string Template => "checkin-prompt";
}

/// <param name="Late">How late the round opened; null when on time.</param>
public sealed record RoundOpenCard(string Initiative, string Week, int Asked, string ReviewAt, bool Asynchronous, string? Late) : ICardData
{
    public static string Template => "round-open";
}
