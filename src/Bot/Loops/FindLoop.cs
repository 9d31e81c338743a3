using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary>A loop with its initiative and channel, loaded for change.</summary>
public sealed record LoopInHand(Loop Loop, Initiative Initiative, Channel Channel)
{
    /// <summary>Settings, stage and export belong to the owner and to workspace admins.</summary>
    public bool MaySet(Person person) => person.IsAdmin || Initiative.OwnerId == person.Id;
}

/// <summary>Finds the loop a person means: the one of this channel, the one they name, or the only one they can see.</summary>
public sealed class FindLoop(BotDb db, Moment moment, CardBook cards)
{
    /// <summary>Does something with the loop that is meant, or asks which one.</summary>
    public Task<Reply> OneAsync(Asked asked, string named, Func<LoopInHand, Task<Reply>> then, CancellationToken ct) =>
        MeantAsync(asked, named, async id => await FindAsync(asked, id, ct) is { } loop ? await then(loop) : Unknown());

    /// <summary>As <see cref="OneAsync"/>, for who reads by the loop's id.</summary>
    public async Task<Reply> MeantAsync(Asked asked, string named, Func<LoopId, Task<Reply>> then)
    {
        var here = named.Length == 0 && asked.In is { } channel ? await HereAsync(asked, channel.Id) : [];
        if (here.Count > 0)
        {
            return here is [var one] ? await then(one.Id) : Which(here, null);
        }

        var seen = await SeenAsync(asked);
        if (named.Length == 0)
        {
            return seen is [var one] ? await then(one.Id) : Which(seen, null);
        }

        var exact = seen.FindAll(l => l.Name.Equals(named, StringComparison.OrdinalIgnoreCase));
        var like = exact.Count > 0 ? exact : seen.FindAll(l => l.Name.Contains(named, StringComparison.OrdinalIgnoreCase));
        return like is [var only] ? await then(only.Id) : Which(like.Count > 0 ? like : seen, named);
    }

    /// <summary>For commands that take words of their own: the loop's name may stand before them, and must where several loops are meant otherwise.</summary>
    public async Task<Reply> OneWithWordsAsync(Asked asked, string words, Func<LoopInHand, string, Task<Reply>> then, CancellationToken ct)
    {
        var named = (await SeenAsync(asked)).Select(l => l.Name)
            .Where(n => words.StartsWith(n, StringComparison.OrdinalIgnoreCase) && (words.Length == n.Length || words[n.Length] == ' '))
            .MaxBy(n => n.Length) ?? "";
        return await OneAsync(asked, named, loop => then(loop, words[named.Length..].Trim()), ct);
    }

    /// <summary>A loop by its id, if the person can see it; null for any other, known or not.</summary>
    public async Task<LoopInHand?> ByKeyAsync(Asked asked, string key, CancellationToken ct) =>
        Id.Parse<LoopId>(key) is { } id ? await FindAsync(asked, id, ct) : null;

    public Task<bool> SeesAnyAsync(Asked asked, CancellationToken ct) => Seen(asked).AnyAsync(ct);

    /// <summary>As <see cref="ByKeyAsync"/>, and only if the person may change it; otherwise the answer says who may.</summary>
    public async Task<(LoopInHand? Loop, Reply Refusal)> ToSetAsync(Asked asked, string key, CancellationToken ct) =>
        await ByKeyAsync(asked, key, ct) is not { } loop ? (null, Unknown())
        : loop.MaySet(asked.By) ? (loop, new Reply.Silence())
        : (null, await NotYoursAsync(loop, ct));

    public async Task<Reply> NotYoursAsync(LoopInHand loop, CancellationToken ct)
    {
        var owner = loop.Initiative.OwnerId is { } id ? (await db.People.FindAsync([id], ct))?.Name : null;
        return Notice.Whisper(cards, owner is null
            ? $"{loop.Initiative.Name} has no owner yet; a workspace admin can do this."
            : $"Only {owner} (owner) or a workspace admin can do this.");
    }

    public Reply Unknown() => Notice.Whisper(cards, "This loop is not known here any more.");

    /// <summary>The loops of channels the person is in, of initiatives they own or loops they take part in; an admin sees all of the workspace.</summary>
    private IQueryable<Loop> Seen(Asked asked)
    {
        var (workspace, me, isAdmin, here) = (asked.Workspace.Id, asked.By.Id, asked.By.IsAdmin, asked.In?.Id);
        return db.Loops.Where(loop => loop.WorkspaceId == workspace && loop.EndedAt == null
            && (isAdmin || loop.ChannelId == here
                || db.Initiatives.Any(i => i.Id == loop.InitiativeId && i.OwnerId == me)
                || db.Participants.Any(p => p.LoopId == loop.Id && p.PersonId == me && p.LeftAt == null)
                || db.ChannelMembers.Any(m => m.ChannelId == loop.ChannelId && m.PersonId == me)));
    }

    private async Task<LoopInHand?> FindAsync(Asked asked, LoopId id, CancellationToken ct)
    {
        var found = await (
            from loop in Seen(asked)
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            join channel in db.Channels on loop.ChannelId equals channel.Id
            where loop.Id == id
            select new { loop, initiative, channel }).SingleOrDefaultAsync(ct);
        return found is null ? null : new LoopInHand(found.loop, found.initiative, found.channel);
    }

    private Task<List<LoopNamed>> SeenAsync(Asked asked) =>
        moment.OnceAsync((typeof(LoopNamed), asked.By.Id, asked.By.IsAdmin, asked.In?.Id), ct => NamesAsync(Seen(asked), ct));

    /// <summary>The loops of a channel, which are the same for all who ask in it.</summary>
    private Task<List<LoopNamed>> HereAsync(Asked asked, ChannelId here) =>
        moment.OnceAsync((typeof(LoopNamed), here), ct => NamesAsync(Seen(asked).Where(l => l.ChannelId == here), ct));

    /// <summary>Only ids and names: an admin of a large workspace sees a thousand loops and means one.</summary>
    private Task<List<LoopNamed>> NamesAsync(IQueryable<Loop> loops, CancellationToken ct) => (
        from loop in loops
        join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
        orderby initiative.Name
        select new LoopNamed(loop.Id, initiative.Name)).ToListAsync(ct);

    private Reply Which(List<LoopNamed> among, string? named)
    {
        var names = string.Join(", ", among.Take(10).Select(l => l.Name));
        return Notice.Whisper(cards, (among.Count, named) switch
        {
            (0, _) => "There is no loop here yet. `/pilot loop` starts one in this channel.",
            (_, null) => $"Which one? Say its name: {names}.",
            _ => $"I do not know \"{(named.Length > 60 ? named[..60] + "…" : named)}\". There is: {names}.",
        });
    }

    private sealed record LoopNamed(LoopId Id, string Name);
}
