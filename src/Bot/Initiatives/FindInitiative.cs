using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>An initiative with its running loop and that loop's channel, if it has one, loaded for change.</summary>
public sealed record InitiativeInHand(Initiative Initiative, Loop? Loop, Channel? Channel)
{
    /// <summary>Null when nobody is known to have done it.</summary>
    public PersonId? RegisteredBy { get; init; }

    /// <summary>Entry and stage belong to the owner and to workspace admins; until there is an owner, to whoever registered it too.</summary>
    public bool MaySet(Person person) =>
        person.IsAdmin || Initiative.OwnerId == person.Id || (Initiative.OwnerId is null && RegisteredBy == person.Id);
}

/// <summary>
/// Finds the initiative a person means, with a loop or without: the one of this channel, the one they name, the only one they have to do
/// with, or the only one there is. The register is open to the whole workspace, unlike the loops.
/// </summary>
public sealed class FindInitiative(BotDb db, CardBook cards)
{
    /// <summary>Does something with the initiative that is meant, or asks which one.</summary>
    public async Task<Reply> OneAsync(Asked asked, string named, Func<InitiativeInHand, Task<Reply>> then, CancellationToken ct)
    {
        if (named.Length == 0)
        {
            return await UnnamedAsync(asked, then, ct);
        }

        var all = await NamesAsync(All(asked), ct);
        var exact = all.FindAll(i => i.Name.Equals(named, StringComparison.OrdinalIgnoreCase));
        var like = exact.Count > 0 ? exact : all.FindAll(i => i.Name.Contains(named, StringComparison.OrdinalIgnoreCase));
        return like is [var only] ? await then((await FindAsync(asked, only.Id, ct))!) : Which(like.Count > 0 ? like : all, named);
    }

    /// <summary>For commands that take words of their own: the initiative's name may stand before them, and must where several are meant otherwise.</summary>
    public async Task<Reply> OneWithWordsAsync(Asked asked, string words, Func<InitiativeInHand, string, Task<Reply>> then, CancellationToken ct)
    {
        var named = (await NamesAsync(All(asked), ct)).Select(i => i.Name)
            .Where(n => words.StartsWith(n, StringComparison.OrdinalIgnoreCase) && (words.Length == n.Length || words[n.Length] == ' '))
            .MaxBy(n => n.Length) ?? "";
        return await OneAsync(asked, named, initiative => then(initiative, words[named.Length..].Trim()), ct);
    }

    /// <summary>An initiative of this workspace by its id; null for any other, known or not.</summary>
    public async Task<InitiativeInHand?> ByKeyAsync(Asked asked, string key, CancellationToken ct) =>
        Id.Parse<InitiativeId>(key) is { } id ? await FindAsync(asked, id, ct) : null;

    /// <summary>As <see cref="ByKeyAsync"/>, and only if the person may change it; otherwise the answer says who may.</summary>
    public async Task<(InitiativeInHand? Initiative, Reply Refusal)> ToSetAsync(Asked asked, string key, CancellationToken ct) =>
        await ByKeyAsync(asked, key, ct) is not { } initiative ? (null, Unknown())
        : initiative.MaySet(asked.By) ? (initiative, new Reply.Silence())
        : (null, await NotYoursAsync(initiative, ct));

    public async Task<Reply> NotYoursAsync(InitiativeInHand initiative, CancellationToken ct)
    {
        var owner = await NameAsync(initiative.Initiative.OwnerId, ct);
        var registrar = owner is null ? await NameAsync(initiative.RegisteredBy, ct) : null;
        return Notice.Whisper(cards, (owner, registrar) switch
        {
            ({ } name, _) => $"Only {name} (owner) or a workspace admin can do this.",
            (_, { } name) => $"{initiative.Initiative.Name} has no owner yet; {name}, who registered it, or a workspace admin can do this.",
            _ => $"{initiative.Initiative.Name} has no owner yet; a workspace admin can do this.",
        });
    }

    public Reply Unknown() => Notice.Whisper(cards, "This initiative is not known here any more.");

    private async Task<Reply> UnnamedAsync(Asked asked, Func<InitiativeInHand, Task<Reply>> then, CancellationToken ct)
    {
        var (me, channel) = (asked.By.Id, asked.In?.Id);
        var here = channel is null ? []
            : await NamesAsync(All(asked).Where(i => db.Loops.Any(l => l.InitiativeId == i.Id && l.EndedAt == null && l.ChannelId == channel)), ct);
        if (here.Count > 0)
        {
            return here is [var one] ? await then((await FindAsync(asked, one.Id, ct))!) : Which(here, null);
        }

        var all = await NamesAsync(All(asked), ct);
        var mine = all.Count < 2 ? all : await NamesAsync(
            All(asked).Where(i => i.OwnerId == me || i.BuilderId == me || db.Loops.Any(l => l.InitiativeId == i.Id && l.EndedAt == null
                && (db.Participants.Any(p => p.LoopId == l.Id && p.PersonId == me && p.LeftAt == null)
                    || db.ChannelMembers.Any(m => m.ChannelId == l.ChannelId && m.PersonId == me)))), ct);
        return mine is [var only] ? await then((await FindAsync(asked, only.Id, ct))!) : Which(mine.Count > 0 ? mine : all, null);
    }

    private IQueryable<Initiative> All(Asked asked) => db.Initiatives.Where(i => i.WorkspaceId == asked.Workspace.Id);

    private async Task<InitiativeInHand?> FindAsync(Asked asked, InitiativeId id, CancellationToken ct)
    {
        if (await All(asked).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } initiative)
        {
            return null;
        }

        var here = asked.In?.Id;
        var loop = await db.Loops.Where(l => l.InitiativeId == id && l.EndedAt == null)
            .OrderByDescending(l => l.ChannelId == here).ThenByDescending(l => l.StartedAt).FirstOrDefaultAsync(ct);
        return new InitiativeInHand(initiative, loop, loop is null ? null : await db.Channels.FindAsync([loop.ChannelId], ct))
        {
            RegisteredBy = await db.StageChanges.Where(s => s.InitiativeId == id).OrderBy(s => s.At).ThenBy(s => s.Id).Select(s => s.By).FirstOrDefaultAsync(ct),
        };
    }

    /// <summary>Only ids and names: a large workspace has a thousand and one is meant.</summary>
    private static Task<List<InitiativeNamed>> NamesAsync(IQueryable<Initiative> initiatives, CancellationToken ct) =>
        initiatives.OrderBy(i => i.Name).Select(i => new InitiativeNamed(i.Id, i.Name)).ToListAsync(ct);

    private async Task<string?> NameAsync(PersonId? person, CancellationToken ct) =>
        person is { } id ? (await db.People.FindAsync([id], ct))?.Name : null;

    private Reply Which(List<InitiativeNamed> among, string? named)
    {
        var names = string.Join(", ", among.Take(10).Select(i => i.Name)) + (among.Count > 10 ? $" and {among.Count - 10} more" : "");
        return Notice.Whisper(cards, (among.Count, named) switch
        {
            (0, _) => "No initiative is registered here yet. `/pilot new` registers one.",
            (_, null) => $"Which one? Say its name: {names}.",
            _ => $"I do not know \"{Say.Shortened(named, 60)}\". There is: {names}.",
        });
    }

    private sealed record InitiativeNamed(InitiativeId Id, string Name);
}
