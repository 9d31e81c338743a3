using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary><c>/pilot people</c>: who takes part, as what; the owner can change it.</summary>
public sealed class ShowPeople(BotDb db, FindLoop find, AcrossTies across, CardBook cards) : ICommandHandler
{
    /// <summary>Each has a button, and no platform shows more than 25 of them on one card.</summary>
    private const int Most = 24;

    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.OneAsync(asked, arguments, loop => ShowAsync(asked, loop, ct), ct);

    private async Task<Reply> ShowAsync(Asked asked, LoopInHand loop, CancellationToken ct)
    {
        var people = await db.Participants.AsNoTracking().Where(p => p.LoopId == loop.Loop.Id && p.LeftAt == null)
            .Join(db.People, p => p.PersonId, p => p.Id, (participant, person) => new { participant, person })
            .OrderBy(p => p.person.Name).ToListAsync(ct);
        var there = await across.OfAsync(loop.Loop.Id, ct);
        var elsewhere = there is null ? null : await across.AtHomeThereAsync(loop.Loop.Id, there, ct);
        return new Reply.Whisper(cards.Fill(new PeopleCard(
            loop.Loop.Id.ToString(), loop.Initiative.Name, people.Count, loop.MaySet(asked.By),
            [.. people.Take(Most).Select(p => new PersonLine(
                $"{loop.Loop.Id}:{p.person.Id}", p.person.Name, p.participant.Role.ToString().ToLowerInvariant(),
                p.participant.Joined.ToString().ToLowerInvariant(), Say.City(p.person.TimeZone ?? loop.Loop.Slot.Zone), p.person.GoneAt is not null,
                elsewhere?.Contains(p.person.Id) == true ? there!.Name : null))],
            Math.Max(0, people.Count - Most))));
    }
}

/// <param name="Key">The loop.</param>
/// <param name="MayChange">The reader is the owner or an admin.</param>
public sealed record PeopleCard(string Key, string Initiative, int Count, bool MayChange, IReadOnlyList<PersonLine> People, int More) : ICardData
{
    public static string Template => "people";
}

/// <param name="Key">"loop:person".</param>
/// <param name="Gone">The platform says that they are not there any more.</param>
/// <param name="AskedIn">The other place in which they are asked instead.</param>
public sealed record PersonLine(string Key, string Name, string Role, string Joined, string Zone, bool Gone, string? AskedIn);

/// <summary>Changes what one participant is: role, observer, assigned or volunteer; or lets them leave.</summary>
public sealed class SetRole(BotDb db, FindLoop find, OpenDueRounds open, NoteFingerprints fingerprints, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "people.edit";
    public const string FormName = "role";
    public const string Leaves = "Leaves";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (loop, participant, person, refusal) = await FindAsync(asked, key, ct);
        return loop is null ? refusal : new Reply.OpenForm(Fill(key, loop, person!, new FormValues(new Dictionary<string, string>
        {
            ["role"] = participant!.Role.ToString(), ["joined"] = participant.Joined.ToString(),
        })));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var (loop, participant, person, refusal) = await FindAsync(asked, key, ct);
        if (loop is null)
        {
            return refusal;
        }

        var read = new FormReader(values);
        var role = read.OneOf("role", [.. Enum.GetNames<Role>().Append(Leaves).Select(n => new Choice(n, n))], "Choose a role.");
        var joined = read.OneOf("joined", [.. Enum.GetNames<Joined>().Select(n => new Choice(n, n))], "Choose assigned or volunteer.");
        if (read.IsFine && person!.Id == loop.Initiative.OwnerId && role != nameof(Role.Owner))
        {
            read.Fault("role", "The owner of the initiative stays its owner here; choose another owner in `/pilot loop` first.");
        }

        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(key, loop, person!, values), read.Errors);
        }

        participant!.LeftAt = role == Leaves ? clock.GetUtcNow() : null;
        participant.Role = role == Leaves ? participant.Role : Enum.Parse<Role>(role);
        participant.Joined = Enum.Parse<Joined>(joined);
        await InOpenRoundAsync(loop, participant, person!, ct);
        await fingerprints.ReadAgainAsync(loop, ct);
        return Notice.Whisper(cards, role == Leaves
            ? $"{person!.Name} has left the loop of {loop.Initiative.Name}."
            : $"{person!.Name}: {role.ToLowerInvariant()}, {joined.ToLowerInvariant()}.");
    }

    /// <summary>An observer or leaver is not asked any more; somebody who becomes a participant while a round is open is asked in it.</summary>
    private async Task InOpenRoundAsync(LoopInHand loop, Participant participant, Person person, CancellationToken ct)
    {
        var round = await db.Rounds.Where(r => r.LoopId == loop.Loop.Id && r.State == RoundState.Collecting).Select(r => (RoundId?)r.Id).FirstOrDefaultAsync(ct);
        if (round is not { } id)
        {
            return;
        }

        var invitation = await db.Invitations.FindAsync([id, person.Id], ct);
        var asks = participant.LeftAt is null && participant.Role != Role.Observer;
        if (invitation is { AnsweredAt: null } && !asks)
        {
            db.Invitations.Remove(invitation);
        }
        else if (invitation is null && asks)
        {
            var week = (await RoundInHand.LoadAsync(db, [id], ct)).Single();
            await open.InviteAsync(week, person, participant.Role, ct);
        }
    }

    private async Task<(LoopInHand? Loop, Participant? Participant, Person? Person, Reply Refusal)> FindAsync(Asked asked, string key, CancellationToken ct)
    {
        var parts = key.Split(':');
        var (loop, refusal) = await find.ToSetAsync(asked, parts[0], ct);
        if (loop is null)
        {
            return (null, null, null, refusal);
        }

        return parts.Length == 2 && Id.Parse<PersonId>(parts[1]) is { } id
            && await db.Participants.FindAsync([loop.Loop.Id, id], ct) is { } participant
            && await db.People.FindAsync([id], ct) is { } person
            ? (loop, participant, person, refusal)
            : (null, null, null, Notice.Whisper(cards, "This person is not in the loop any more."));
    }

    private Form Fill(string key, LoopInHand loop, Person person, FormValues typed) =>
        cards.FillForm(FormName, key, "Role", new RoleFormCard(key, loop.Initiative.Name, person.Name, typed["role"], typed["joined"]));
}

/// <param name="Key">"loop:person".</param>
public sealed record RoleFormCard(string Key, string Initiative, string Person, string? Role, string? Joined) : ICardData
{
    public static string Template => "role-form";
}
