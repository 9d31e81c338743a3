using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Links;

/// <summary>Finds the loop behind a link, if the person it was made for may still set it: rights can end before the link does.</summary>
public sealed class FollowLink(BotDb db)
{
    public async Task<LoopInHand?> ToSetAsync(LoopLink link, CancellationToken ct)
    {
        var found = await (
            from loop in db.Loops
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            join channel in db.Channels on loop.ChannelId equals channel.Id
            join workspace in db.Workspaces on loop.WorkspaceId equals workspace.Id
            join person in db.People on loop.WorkspaceId equals person.WorkspaceId
            where loop.Id == link.Loop && loop.EndedAt == null && workspace.RemovedAt == null && person.Id == link.By && person.GoneAt == null
            select new { loop, initiative, channel, person }).FirstOrDefaultAsync(ct);
        return found is not null && new LoopInHand(found.loop, found.initiative, found.channel) is var it && it.MaySet(found.person) ? it : null;
    }
}
