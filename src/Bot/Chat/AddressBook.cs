using System.Text.Json;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Chat;

/// <summary>Finds, and on first sight notes, the workspace, person and channel that an event names; keeps what people typed and did not send.</summary>
public sealed class AddressBook(BotDb db, TimeProvider clock)
{
    public async Task<Workspace> WorkspaceAsync(WorkspaceRef named, CancellationToken ct)
    {
        var workspace = await db.Workspaces.FirstOrDefaultAsync(w => w.Platform == named.Platform && w.ExternalId == named.Id && w.DeletingSince == null, ct);
        if (workspace is null)
        {
            workspace = new Workspace { Id = Id.New<WorkspaceId>(clock), Platform = named.Platform, ExternalId = named.Id, AddedAt = clock.GetUtcNow() };
            db.Workspaces.Add(workspace);
        }

        workspace.Name = named.Name ?? workspace.Name;
        return workspace;
    }

    public async Task<Person> PersonAsync(Workspace workspace, ChatPerson named, CancellationToken ct) => (await PeopleAsync(workspace, [named], ct))[0];

    /// <summary>A whole channel at once: one question to the store, however many they are.</summary>
    public async Task<IReadOnlyList<Person>> PeopleAsync(Workspace workspace, IReadOnlyList<ChatPerson> named, CancellationToken ct)
    {
        var ids = named.Select(n => n.Id).ToList();
        await db.People.Where(p => p.WorkspaceId == workspace.Id && ids.Contains(p.ExternalId)).LoadAsync(ct);
        var known = db.People.Local.Where(p => p.WorkspaceId == workspace.Id).ToDictionary(p => p.ExternalId);
        return [.. named.Select(n => Note(workspace, n, known))];
    }

    /// <summary>Null for a personal chat: that is the person, not a channel.</summary>
    public async Task<Channel?> ChannelAsync(Workspace workspace, Conversation named, CancellationToken ct)
    {
        if (named.Kind == ConversationKind.Personal)
        {
            return null;
        }

        var channel = await db.Channels.FirstOrDefaultAsync(c => c.WorkspaceId == workspace.Id && c.ExternalId == named.Id, ct);
        if (channel is null)
        {
            channel = new Channel { Id = Id.New<ChannelId>(clock), WorkspaceId = workspace.Id, ExternalId = named.Id, Kind = named.Kind };
            db.Channels.Add(channel);
        }

        channel.Name = named.Name ?? channel.Name;
        return channel;
    }

    public async Task KeepDraftAsync(PersonId person, ActionRef form, FormValues values, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(values.All);
        if (await DraftAsync(person, form, ct) is { } draft)
        {
            draft.Values = json;
            draft.SavedAt = clock.GetUtcNow();
        }
        else
        {
            db.Drafts.Add(new Draft { PersonId = person, Form = form.Name, Key = form.Key, Values = json, SavedAt = clock.GetUtcNow() });
        }
    }

    public async Task DropDraftAsync(PersonId person, ActionRef form, CancellationToken ct)
    {
        if (await DraftAsync(person, form, ct) is { } draft)
        {
            db.Drafts.Remove(draft);
        }
    }

    /// <summary>What the person typed into this form earlier and did not send; null when nothing.</summary>
    public async Task<FormValues?> FindDraftAsync(PersonId person, ActionRef form, CancellationToken ct) =>
        await DraftAsync(person, form, ct) is { } draft ? Typed(draft) : null;

    /// <summary>The newest of several drafts of one form whose keys begin alike: a form that makes something new has a new key each time it opens.</summary>
    public async Task<(string Key, FormValues Values)?> FindDraftAsync(PersonId person, string form, string keyStart, CancellationToken ct)
    {
        var draft = await db.Drafts.Where(d => d.PersonId == person && d.Form == form && d.Key.StartsWith(keyStart)).OrderByDescending(d => d.SavedAt).FirstOrDefaultAsync(ct);
        return draft is null ? null : (draft.Key, Typed(draft));
    }

    private static FormValues Typed(Draft draft) => new(JsonSerializer.Deserialize<Dictionary<string, string>>(draft.Values)!);

    private Person Note(Workspace workspace, ChatPerson named, Dictionary<string, Person> known)
    {
        if (!known.TryGetValue(named.Id, out var person))
        {
            person = new Person { Id = Id.New<PersonId>(clock), WorkspaceId = workspace.Id, ExternalId = named.Id, Name = named.Name ?? named.Id };
            db.People.Add(person);
            known[named.Id] = person;
        }

        person.Name = named.Name ?? person.Name;
        person.IsAdmin = named.IsAdmin ?? person.IsAdmin;
        person.GoneAt = null;
        if (person.ZoneChosenAt is null && named.TimeZone is { } zone && Loops.WeeklySlot.IsZone(zone))
        {
            person.TimeZone = zone;
        }

        return person;
    }

    private Task<Draft?> DraftAsync(PersonId person, ActionRef form, CancellationToken ct) =>
        db.Drafts.FirstOrDefaultAsync(d => d.PersonId == person && d.Form == form.Name && d.Key == form.Key, ct);
}
