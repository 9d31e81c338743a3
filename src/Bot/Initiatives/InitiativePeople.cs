using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>Who has to do with an initiative: its owner, builder and registrar, and the people of its loop and channel.</summary>
public sealed class InitiativePeople(BotDb db, FindInitiative find, CardBook cards, TimeProvider clock)
{
    /// <summary>An initiative with a loop belongs to that loop's people and channel; without one, to everybody in the workspace.</summary>
    public async Task<bool> TakesPartAsync(Asked asked, InitiativeInHand initiative, CancellationToken ct)
    {
        var (it, me) = (initiative.Initiative, asked.By.Id);
        return initiative.Loop is not { } loop || initiative.MaySet(asked.By) || it.BuilderId == me || asked.In?.Id == loop.ChannelId
            || await db.Participants.AnyAsync(p => p.LoopId == loop.Id && p.PersonId == me && p.LeftAt == null, ct)
            || await db.ChannelMembers.AnyAsync(m => m.ChannelId == loop.ChannelId && m.PersonId == me, ct);
    }

    /// <summary>An initiative by its id, if it is of this workspace and the person takes part in it; otherwise what to answer.</summary>
    public async Task<(InitiativeInHand? Initiative, Reply Refusal)> FindAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is not { } initiative ? (null, find.Unknown())
        : await TakesPartAsync(asked, initiative, ct) ? (initiative, new Reply.Silence())
        : (null, NotTakingPart(initiative));

    public Reply NotTakingPart(InitiativeInHand initiative) => Notice.Whisper(cards,
        $"This is for the people who take part in {initiative.Initiative.Name}. Join {initiative.Channel!.Label}, or ask its owner to add you to the loop.");

    /// <summary>Whom one can put a name to: participants first when there are too many, then the channel, by name.</summary>
    public async Task<IReadOnlyList<Choice>> ChoicesAsync(Asked asked, InitiativeInHand initiative, CancellationToken ct)
    {
        var (it, workspace, me, channel) = (initiative.Initiative, asked.Workspace.Id, asked.By.Id, asked.In?.Id);
        var (loop, home) = (initiative.Loop?.Id, initiative.Loop?.ChannelId);
        var (owner, builder) = (it.OwnerId, it.BuilderId);
        var people = await db.People.Where(p => p.WorkspaceId == workspace && p.GoneAt == null
                && (p.Id == owner || p.Id == builder || p.Id == me
                    || db.Participants.Any(x => x.LoopId == loop && x.PersonId == p.Id && x.LeftAt == null)
                    || db.ChannelMembers.Any(m => (m.ChannelId == home || m.ChannelId == channel) && m.PersonId == p.Id)))
            .OrderBy(p => p.Id == owner || p.Id == builder || db.Participants.Any(x => x.LoopId == loop && x.PersonId == p.Id && x.LeftAt == null) ? 0 : 1)
            .ThenBy(p => p.Name).Take(Choice.Most).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [.. people.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new Choice(p.Id.ToString(), p.Name))];
    }

    /// <summary>The date in the loop's zone, or without a loop in the asker's.</summary>
    public DateOnly Today(Asked asked, InitiativeInHand initiative) => WeeklySlot.DateIn(clock.GetUtcNow(), Zone(asked.By, initiative));

    public static string Zone(Person reader, InitiativeInHand initiative) => initiative.Loop?.Slot.Zone ?? reader.TimeZone ?? "Etc/UTC";
}
