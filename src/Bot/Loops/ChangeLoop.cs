using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Store;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary>Applies changed settings from the next round on; a round already open keeps its times.</summary>
public sealed class ChangeLoop(BotDb db, FindLoop find, LoopForm form, PlanRounds plan, NoteFingerprints fingerprints, Outbox outbox, CardBook cards, TimeProvider clock)
{
    public static IReadOnlyDictionary<string, string> NameTaken { get; } =
        new Dictionary<string, string> { ["name"] = "There is an initiative of this name already. Give this one another." };

    public static async Task<bool> NameIsTakenAsync(BotDb db, WorkspaceId workspace, string name, Initiatives.InitiativeId? but, CancellationToken ct)
    {
        // Compared here: databases do not agree on what equal letters are beyond ASCII.
        var names = await db.Initiatives.Where(i => i.WorkspaceId == workspace && i.Id != but).Select(i => i.Name).ToListAsync(ct);
        return names.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    public async Task<Reply> ApplyAsync(Asked asked, LoopInHand loop, FormValues values, CancellationToken ct)
    {
        if (!loop.MaySet(asked.By))
        {
            return await find.NotYoursAsync(loop, ct);
        }

        var key = loop.Loop.Id.ToString();
        var members = await form.PeopleAsync(loop.Channel, ct);
        if (LoopSettings.Parse(values, members, loop.Initiative.Metric, out var errors) is not { } settings)
        {
            return new Reply.FieldErrors(await form.FillAsync(loop.Channel, key, loop, values, ct), errors);
        }

        if (await NameIsTakenAsync(db, asked.Workspace.Id, settings.Name, loop.Initiative.Id, ct))
        {
            return new Reply.FieldErrors(await form.FillAsync(loop.Channel, key, loop, values, ct), NameTaken);
        }

        Write(loop, settings);
        var people = await PeopleAsync(loop.Loop.Id, settings, members, ct);
        await fingerprints.ReadAgainAsync(loop, ct);
        var next = await plan.AgainAsync(loop.Loop, ct);
        outbox.Post(asked.Workspace.Id, $"loop:{key}:{Id.New<OutboxId>(clock)}", loop.Channel.Id,
            cards.Fill(LoopStartedCard.Of(loop.Loop, loop.Initiative, next, people, asked.By.Name, changed: true)));
        return new Reply.Silence();
    }

    private static void Write(LoopInHand loop, LoopSettings settings)
    {
        // Which way is better is the register's to say; this form does not ask.
        var metric = settings.Metric is { } named ? named with { Wanted = loop.Initiative.Metric?.Wanted } : null;
        (loop.Initiative.Name, loop.Initiative.OwnerId, loop.Initiative.Metric) = (settings.Name, settings.Owner, metric);
        var it = loop.Loop;
        (it.Slot, it.OpenHours, it.RemindHours) = (settings.Slot, settings.OpenHours, settings.RemindHours);
        (it.LocalTime, it.Asynchronous, it.Facilitation) = (settings.LocalTime, settings.Asynchronous, settings.Facilitation);
    }

    /// <summary>Who is in the list and was not joins; who was and could be left out, leaves. Roles given by hand stay. Returns how many take part.</summary>
    private async Task<int> PeopleAsync(LoopId loop, LoopSettings settings, IReadOnlyList<Choice> offered, CancellationToken ct)
    {
        var wanted = settings.People.Append(settings.Owner).ToHashSet();
        var all = await db.Participants.Where(p => p.LoopId == loop).ToListAsync(ct);
        foreach (var participant in all)
        {
            if (wanted.Remove(participant.PersonId))
            {
                participant.LeftAt = null;
                participant.Role = participant.PersonId == settings.Owner ? Role.Owner : participant.Role == Role.Owner ? Role.User : participant.Role;
            }
            else if (offered.Any(o => o.Value == participant.PersonId.ToString()))
            {
                participant.LeftAt ??= clock.GetUtcNow();
            }
        }

        foreach (var person in wanted)
        {
            var joined = new Participant { LoopId = loop, PersonId = person, Role = person == settings.Owner ? Role.Owner : Role.User, Since = clock.GetUtcNow() };
            db.Participants.Add(joined);
            all.Add(joined);
        }

        return all.Count(p => p.LeftAt is null && p.Role != Role.Observer);
    }
}

/// <summary>Said in the channel when a loop starts or its settings change.</summary>
/// <param name="Key">The loop.</param>
public sealed record LoopStartedCard(
    string Key, string Initiative, bool Changed, string By, int People, string Every, int Minutes, bool Asynchronous, bool LocalTime, string NextReview) : ICardData
{
    public static string Template => "loop-started";

    public static LoopStartedCard Of(Loop loop, Initiatives.Initiative initiative, Round next, int people, string by, bool changed = false) => new(
        loop.Id.ToString(), initiative.Name, changed, by, people, $"{loop.Slot.Day} {loop.Slot.Time:HH:mm} ({Say.City(loop.Slot.Zone)})",
        loop.Slot.Minutes, loop.Asynchronous, loop.LocalTime,
        Say.WithOffset(next.ReviewAt, loop.Slot.Zone));
}
