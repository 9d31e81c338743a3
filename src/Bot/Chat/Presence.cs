using Bot.Cards;
using Bot.Delivery;
using Bot.Store;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.Chat;

/// <summary>Notes where the bot is, who is with it, and says hello once.</summary>
public sealed class Presence(BotDb db, AddressBook book, NoteFingerprints fingerprints, EndTie ties, Outbox outbox, CardBook cards, TimeProvider clock)
{
    /// <summary>What arrives this soon after the removal may have happened before it.</summary>
    private static readonly TimeSpan StillFromBefore = TimeSpan.FromMinutes(1);

    public async Task<Reply> TakeAsync(InboundEvent inbound, Workspace workspace, Person? by, Channel? channel, CancellationToken ct)
    {
        switch (inbound)
        {
            case BotAdded { In.Kind: ConversationKind.Personal } when by is not null:
                await GreetAsync(workspace, by, ct);
                break;
            case BotRemoved { In.Kind: ConversationKind.Personal }:
                if (by is not null)
                {
                    by.GoneAt = clock.GetUtcNow();
                    await ForgetGreetingAsync(workspace, by, ct);
                }

                break;
            case BotAdded when channel is null:
                if (WasRemoved(workspace) || db.Entry(workspace).State == EntityState.Added)
                {
                    Welcome(workspace, by, null);
                }

                break;
            case BotAdded:
                if (channel.GoneAt is not null || db.Entry(channel).State == EntityState.Added)
                {
                    Welcome(workspace, by, channel);
                }

                channel.GoneAt = null;
                channel.MembersReadAt = null;
                break;
            case BotRemoved when channel is null:
                workspace.RemovedAt ??= clock.GetUtcNow();
                break;
            case BotRemoved or ConversationChanged { Gone: true } when channel is not null:
                channel.GoneAt = clock.GetUtcNow();
                break;
            case MembersChanged changed when channel is not null:
                await JoinAsync(workspace, channel, changed.Joined, ct);
                await LeaveAsync(workspace, channel, changed.Left, ct);
                break;
        }

        if (workspace.RemovedAt is not null)
        {
            await ties.OfWorkspaceAsync(workspace.Id, ct);
        }

        return new Reply.Silence();
    }

    /// <summary>Whatever is heard of a workspace, but that the bot is gone from there, shows that it is back.</summary>
    public void Revive(InboundEvent inbound, Workspace workspace)
    {
        if (inbound is BotAdded || (inbound is not (BotRemoved or ConversationChanged { Gone: true }) && clock.GetUtcNow() - workspace.RemovedAt > StillFromBefore))
        {
            workspace.RemovedAt = null;
        }
    }

    /// <summary>Everybody found in a channel, for example when its members were read from the platform.</summary>
    public async Task JoinAsync(Workspace workspace, Channel channel, IReadOnlyList<ChatPerson> joined, CancellationToken ct)
    {
        var there = await db.ChannelMembers.Where(m => m.ChannelId == channel.Id).Select(m => m.PersonId).ToHashSetAsync(ct);
        var people = await book.PeopleAsync(workspace, joined, ct);
        foreach (var person in people)
        {
            if (there.Add(person.Id))
            {
                db.ChannelMembers.Add(new ChannelMember { ChannelId = channel.Id, PersonId = person.Id });
            }
        }

        await fingerprints.NoteAsync(channel.Id, [.. people.Zip(joined, (person, named) => (person.Id, named.Email))], ct);
    }

    private async Task LeaveAsync(Workspace workspace, Channel channel, IReadOnlyList<ChatPerson> left, CancellationToken ct)
    {
        var ids = left.Select(p => p.Id).ToList();
        var gone = await db.ChannelMembers
            .Where(m => m.ChannelId == channel.Id && db.People.Any(p => p.Id == m.PersonId && p.WorkspaceId == workspace.Id && ids.Contains(p.ExternalId)))
            .ToListAsync(ct);
        db.ChannelMembers.RemoveRange(gone);
    }

    /// <summary>One person brought the bot into their own chat: hello the first time, and again when they come back.</summary>
    private async Task GreetAsync(Workspace workspace, Person by, CancellationToken ct)
    {
        var key = Greeting(by);
        var isGreeted = await db.Outbox.AnyAsync(o => o.WorkspaceId == workspace.Id && o.Key == key, ct);
        if (!isGreeted || db.Entry(by).Property(p => p.GoneAt).OriginalValue is not null)
        {
            outbox.Post(workspace.Id, isGreeted ? $"{key}:{Id.New<OutboxId>(clock)}" : key, by.Id, cards.Fill(new WelcomeCard(null)));
        }
    }

    /// <summary>Who takes the bot away and is heard of elsewhere meanwhile is no less back when they are.</summary>
    private async Task ForgetGreetingAsync(Workspace workspace, Person by, CancellationToken ct)
    {
        var key = Greeting(by);
        db.Outbox.RemoveRange(await db.Outbox.Where(o => o.WorkspaceId == workspace.Id && o.Key == key && o.State != OutboxState.Waiting).ToListAsync(ct));
        db.PostedCards.RemoveRange(await db.PostedCards.Where(p => p.WorkspaceId == workspace.Id && p.Key == key).ToListAsync(ct));
    }

    private static string Greeting(Person by) => $"welcome:{by.Id}";

    private bool WasRemoved(Workspace workspace) => db.Entry(workspace).Property(w => w.RemovedAt).OriginalValue is not null;

    /// <summary>To a channel in the channel; to a workspace in the installer's own chat. Being added where it is already says nothing.</summary>
    private void Welcome(Workspace workspace, Person? by, Channel? channel)
    {
        var card = cards.Fill(new WelcomeCard(channel?.Label));
        var key = $"welcome:{channel?.Id.ToString() ?? workspace.Id.ToString()}:{Id.New<OutboxId>(clock)}";
        if (channel is not null)
        {
            outbox.Post(workspace.Id, key, channel.Id, card);
        }
        else if (by is not null)
        {
            outbox.Post(workspace.Id, key, by.Id, card);
        }
    }
}

/// <param name="Channel">Null when the whole workspace was joined.</param>
public sealed record WelcomeCard(string? Channel) : ICardData
{
    public static string Template => "welcome";
}
