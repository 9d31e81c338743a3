using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>
/// Names who owns it in production. While nobody does, anybody who takes part in a running workshop may, and the thread says who did; to
/// take it from somebody is for the owner and for admins.
/// </summary>
public sealed class NameOwner(BotDb db, FindInitiative find, InitiativePeople people, PostWorkshop workshop, RaiseWarnings warnings, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "workshop.owner";
    public const string FormName = "owner";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await FindAsync(asked, key, ct);
        return initiative is null ? refusal : new Reply.OpenForm(await FillAsync(asked, initiative, initiative.Initiative.OwnerId?.ToString(), ct));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var (initiative, refusal) = await FindAsync(asked, key, ct);
        if (initiative is null)
        {
            return refusal;
        }

        var read = new FormReader(values);
        var choices = await people.ChoicesAsync(asked, initiative, ct);
        var chosen = read.OneOf("owner", choices, "Choose who owns it: one of these people.");
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(await FillAsync(asked, initiative, null, ct), read.Errors);
        }

        var (it, owner) = (initiative.Initiative, Id.Parse<PersonId>(chosen)!.Value);
        var name = choices.First(c => c.Value == chosen).Title;
        if (it.OwnerId != owner)
        {
            it.OwnerId = owner;
            await InLoopAsync(it.Id, owner, ct);
            await warnings.AboutAsync(it.Id, null, ct);
        }

        if (await workshop.RunningAsync(it.Id, ct) is not { } running)
        {
            return Notice.Whisper(cards, $"Saved: {name} owns {it.Name}.");
        }

        workshop.Tell(running, $"{asked.By.Name} named {name} as the one who owns {it.Name} in production.");
        await workshop.AgainAsync(it.Id, ct);
        return new Reply.Silence();
    }

    /// <summary>The owner takes part in its loop as owner; who was it before goes on as a user.</summary>
    private async Task InLoopAsync(InitiativeId initiative, PersonId owner, CancellationToken ct)
    {
        foreach (var loop in await db.Loops.Where(l => l.InitiativeId == initiative && l.EndedAt == null).Select(l => l.Id).ToListAsync(ct))
        {
            var participants = await db.Participants.Where(p => p.LoopId == loop && (p.Role == Role.Owner || p.PersonId == owner)).ToListAsync(ct);
            foreach (var participant in participants)
            {
                participant.Role = participant.PersonId == owner ? Role.Owner : Role.User;
                participant.LeftAt = participant.PersonId == owner ? null : participant.LeftAt;
            }

            if (!participants.Exists(p => p.PersonId == owner))
            {
                db.Participants.Add(new Participant { LoopId = loop, PersonId = owner, Role = Role.Owner, Since = clock.GetUtcNow() });
            }
        }
    }

    private async Task<(InitiativeInHand? Initiative, Reply Refusal)> FindAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await people.FindAsync(asked, key, ct);
        return initiative is null || initiative.MaySet(asked.By)
            || (initiative.Initiative.OwnerId is null && await workshop.RunningAsync(initiative.Initiative.Id, ct) is not null)
            ? (initiative, refusal)
            : (null, await find.NotYoursAsync(initiative, ct));
    }

    private async Task<Form> FillAsync(Asked asked, InitiativeInHand initiative, string? chosen, CancellationToken ct)
    {
        var (key, choices) = (initiative.Initiative.Id.ToString(), await people.ChoicesAsync(asked, initiative, ct));
        return cards.FillForm(FormName, key, "Owner", new OwnerFormCard(key, initiative.Initiative.Name, choices, choices.FirstOrDefault(c => c.Value == chosen)?.Value));
    }
}

/// <param name="Key">The initiative.</param>
public sealed record OwnerFormCard(string Key, string Initiative, IReadOnlyList<Choice> People, string? Owner) : ICardData
{
    public static string Template => "owner-form";
}
