using System.Diagnostics;
using Bot.Chat;
using Bot.Web.Playground.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>The third chat platform: a page of this host. What the bot posts is stored here and shown there.</summary>
public sealed class PlaygroundPlatform(IDbContextFactory<PlaygroundDb> stores, TimeProvider clock) : IChatPlatform
{
    public static PlatformName PlatformName { get; } = new("playground");

    /// <summary>The one workspace there is.</summary>
    public static WorkspaceRef Workspace { get; } = new(PlatformName, "local", "Playground");

    public PlatformName Name => PlatformName;

    public async Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await FirstPostAsync(store, key, ct) is { } first)
        {
            return first;
        }

        var (conversationId, thread) = to switch
        {
            Destination.ToPerson person => (Place.DirectOf(person.PersonId), null),
            Destination.ToConversation conversation => (conversation.Conversation.Id, conversation.Thread),
            _ => throw new UnreachableException(),
        };
        if (!IsOurs(workspace) || await store.ConversationAsync(conversationId, ct) is null)
        {
            return new PostOutcome.Gone("no such person or conversation");
        }

        long? threadId = null;
        if (thread is not null)
        {
            if (await FindAsync(store, thread, ct) is not { } root || root.ConversationId != conversationId)
            {
                return new PostOutcome.Refused("no such thread in this conversation");
            }

            threadId = root.ThreadId ?? root.Id;
        }

        var message = PlaygroundMessage.Of(card, conversationId, threadId, visibleTo: null, key, clock.GetUtcNow());
        store.Messages.Add(message);
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDoubled)
        {
            // The same key was posted between the look above and now.
            return await FirstPostAsync(store, key, ct) ?? throw new InvalidOperationException("A post was refused as doubled, and there is no first one.", e);
        }

        return new PostOutcome.Posted(message.Ref);
    }

    public async Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (!IsOurs(workspace) || await store.ConversationAsync(message.ConversationId, ct) is null)
        {
            return new PostOutcome.Gone("no such conversation");
        }

        if (await FindAsync(store, message, ct) is not { CardJson: not null } stored)
        {
            return new PostOutcome.Refused("no such card in this conversation");
        }

        stored.Show(card, clock.GetUtcNow());
        await store.SaveChangesAsync(ct);
        return new PostOutcome.Posted(stored.Ref);
    }

    public async Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Conversation conversation, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (!IsOurs(workspace) || await store.ConversationAsync(conversation.Id, ct) is not { } known)
        {
            return [];
        }

        var everybody = await store.EverybodyAsync(ct);
        return [.. everybody.Where(p => known.Kind == ConversationKind.Channel || Place.DirectOf(p.Id) == known.Id).Select(p => p.AsChatPerson())];
    }

    public async Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return IsOurs(workspace) ? (await store.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, ct))?.AsChatPerson() : null;
    }

    private static bool IsOurs(WorkspaceRef workspace) => workspace.Platform == PlatformName && workspace.Id == Workspace.Id;

    private static async Task<PostOutcome?> FirstPostAsync(PlaygroundDb store, string key, CancellationToken ct) =>
        await store.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Key == key, ct) is { } first ? new PostOutcome.Posted(first.Ref) : null;

    private static Task<PlaygroundMessage?> FindAsync(PlaygroundDb store, MessageRef message, CancellationToken ct)
    {
        var id = Place.ReadId(message.MessageId);
        return store.Messages.SingleOrDefaultAsync(m => m.Id == id && m.ConversationId == message.ConversationId, ct);
    }
}
