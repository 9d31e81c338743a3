using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Addresses;
using Bot.Teams.Addresses.Store;
using Bot.Teams.Cards;
using Bot.Teams.Connector;

namespace Bot.Teams;

/// <summary>Microsoft Teams as a chat platform: posts, updates, members, people.</summary>
/// <remarks>
/// A message can be doubled where it is not known whether the connector has it: the process ended between its answer and the write-back, the
/// line broke under a POST, or the gateway gave up with 504. It is then sent again: of a doubled card both copies answer the same round,
/// of a lost one nobody is ever asked.
/// </remarks>
public sealed class TeamsPlatform(ConnectorClient connector, References references, RenderTeams render) : IChatPlatform
{
    /// <summary>Before anything was heard of a tenant, where its connector is is not known.</summary>
    private static readonly TimeSpan UntilHeard = TimeSpan.FromMinutes(15);

    /// <summary>A gateway that gave up may still have it done: not at once.</summary>
    private static readonly TimeSpan UntilClear = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilMended = TimeSpan.FromMinutes(15);

    public static PlatformName PlatformName { get; } = new("teams");

    public PlatformName Name => PlatformName;

    public async Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct) => to switch
    {
        Destination.ToPerson person => await ToPersonAsync(workspace.Id, person.PersonId, new ActivityJson(render.Message(card, ConversationKind.Personal)), ct),
        Destination.ToConversation { Conversation: var conversation, Thread: var thread } =>
            await ToConversationAsync(workspace.Id, conversation, thread, render.Message(card, conversation.Kind), ct),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public async Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct)
    {
        if (await references.ConversationAsync(workspace.Id, message.ConversationId, ct) is not { } known)
        {
            return new PostOutcome.Gone("a conversation never heard of");
        }

        var result = await connector.UpdateAsync(Place(known, message.ConversationId), message.MessageId, render.Message(card, known.Kind), ct);
        return await OutcomeAsync(result, workspace.Id, message.ConversationId, _ => message, ct);
    }

    /// <exception cref="PlatformUnreachableException">They cannot be read now; the caller tries again.</exception>
    public async Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Conversation conversation, CancellationToken ct)
    {
        var known = await references.ConversationAsync(workspace.Id, conversation.Id, ct) ?? throw new PlatformUnreachableException("a conversation never heard of");
        var place = Place(known, known.ConversationId);
        var found = new List<ChatPerson>();
        string? next = null;
        do
        {
            var page = await connector.MembersAsync(place, next, ct) is ConnectorResult.Ok ok ? ok.Body : throw new PlatformUnreachableException("the roster was not given");
            var members = (page["members"] as JsonArray ?? []).Select(Member.Read).OfType<Member>().Where(member => member.UserId != known.BotId).ToList();
            found.AddRange(await references.NoteMembersAsync(workspace.Id, known.ConversationId, members, ct));
            next = (string?)page["continuationToken"];
        }
        while (!string.IsNullOrEmpty(next));
        return found;
    }

    /// <param name="workspace">Where.</param>
    /// <param name="personId">The tenant's id or the bot's own (<c>29:...</c>); the answer has the one that the product uses.</param>
    /// <param name="ct">Ends the request.</param>
    /// <exception cref="PlatformUnreachableException">It cannot be read now; the caller tries again.</exception>
    public async Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct)
    {
        var person = await references.PersonAsync(workspace.Id, personId, ct);
        var known = person is null ? await references.NewestAsync(workspace.Id, ct) : await references.ConversationAsync(workspace.Id, person.MetIn, ct);
        if (known is null)
        {
            return null;
        }

        switch (await connector.MemberAsync(Place(known, known.ConversationId), person?.UserId ?? personId, ct))
        {
            case ConnectorResult.Ok ok when Member.Read(ok.Body) is { } member:
                return (await references.NoteMembersAsync(workspace.Id, known.ConversationId, [member], ct))[0];
            case ConnectorResult.Refused { Status: 404 }:
                return null;
            case var other:
                throw new PlatformUnreachableException($"the member was not given: {other.GetType().Name}");
        }
    }

    internal async Task<PostOutcome> ToPersonAsync(string tenantId, string personId, ActivityJson message, CancellationToken ct)
    {
        if (await references.PersonAsync(tenantId, personId, ct) is not { } person)
        {
            return new PostOutcome.Later(UntilHeard, "a person never met");
        }

        var kept = person.ChatId is { } id ? await references.ConversationAsync(tenantId, id, ct) : null;
        if (kept is { State: ConversationState.Uninstalled or ConversationState.Blocked })
        {
            return new PostOutcome.Gone($"their chat is {kept.State}");
        }

        if (kept is not null)
        {
            var sent = await connector.SendAsync(Place(kept, kept.ConversationId), message, ct);
            if (sent is not ConnectorResult.Refused { Status: 404 })
            {
                return await OutcomeAsync(sent, tenantId, kept.ConversationId, ok => Sent(ok, kept.ConversationId), ct);
            }
        }

        // None yet, or the one that was kept is no more.
        if (await references.NewestAsync(tenantId, ct) is not { } where)
        {
            return new PostOutcome.Later(UntilHeard, "nothing was heard of this tenant yet");
        }

        var opened = await connector.CreatePersonalAsync(tenantId, where.ServiceUrl, where.BotId, person.UserId, ct);
        if (opened is not ConnectorResult.Ok { Id: { } chatId })
        {
            return await OutcomeAsync(opened, tenantId, null, _ => null, ct);
        }

        await references.OpenedAsync(person, chatId, where.ServiceUrl, where.BotId, ct);
        var first = await connector.SendAsync(new Place(tenantId, where.ServiceUrl, chatId), message, ct);
        return await OutcomeAsync(first, tenantId, chatId, ok => Sent(ok, chatId), ct);
    }

    private async Task<PostOutcome> ToConversationAsync(string tenantId, Conversation conversation, MessageRef? thread, JsonObject message, CancellationToken ct)
    {
        var known = await references.ConversationAsync(tenantId, conversation.Id, ct);
        if (known is { State: ConversationState.Uninstalled or ConversationState.Blocked })
        {
            return new PostOutcome.Gone($"the conversation is {known.State}");
        }

        if ((known ?? await references.NewestAsync(tenantId, ct)) is not { } where)
        {
            return new PostOutcome.Later(UntilHeard, "nothing was heard of this tenant yet");
        }

        if (conversation.Kind != ConversationKind.Channel)
        {
            var said = await connector.SendAsync(Place(where, conversation.Id), message, ct);
            return await OutcomeAsync(said, tenantId, conversation.Id, ok => Sent(ok, conversation.Id), ct);
        }

        if (thread is not null)
        {
            var at = Threads.Of(thread.ConversationId, thread.MessageId);
            var replied = await connector.SendAsync(Place(where, at), message, ct);
            // A thread whose first message was deleted is no reason to think the channel gone.
            if (replied is not ConnectorResult.Refused { Status: 404 })
            {
                return await OutcomeAsync(replied, tenantId, conversation.Id, ok => Sent(ok, at), ct);
            }
        }

        var started = await connector.StartThreadAsync(Place(where, conversation.Id), message, ct);
        return await OutcomeAsync(
            started,
            tenantId,
            conversation.Id,
            ok => ok.Id is { } id && (string?)ok.Body["activityId"] is { } first ? new MessageRef(Threads.Of(id, first), first) : null,
            ct);
    }

    private static Place Place(KnownConversation known, string conversationId) => new(known.TenantId, known.ServiceUrl, conversationId);

    private static MessageRef? Sent(ConnectorResult.Ok ok, string conversationId) => ok.Id is { } id ? new MessageRef(conversationId, id) : null;

    /// <param name="result">The connector's.</param>
    /// <param name="tenantId">Where.</param>
    /// <param name="conversationId">What is marked when the bot may no longer speak there; null where there is none yet.</param>
    /// <param name="posted">Where the message is, told by the answer.</param>
    /// <param name="ct">Ends the marking.</param>
    private async Task<PostOutcome> OutcomeAsync(ConnectorResult result, string tenantId, string? conversationId, Func<ConnectorResult.Ok, MessageRef?> posted, CancellationToken ct)
    {
        switch (result)
        {
            case ConnectorResult.Ok ok:
                // Delivered, but never to be changed: the connector gives no id where it made two messages of one.
                return posted(ok) is { } message ? new PostOutcome.Posted(message) : new PostOutcome.Refused("delivered, but without an id");
            case ConnectorResult.NotNow notNow:
                return new PostOutcome.Later(notNow.After, notNow.Why);
            case ConnectorResult.Unclear unclear:
                return new PostOutcome.Later(UntilClear, unclear.Why);
            case ConnectorResult.Refused { Status: 401 } or ConnectorResult.Refused { Code: "InvalidBotApiHost" }:
                return new PostOutcome.Later(UntilMended, ((ConnectorResult.Refused)result).Code);
            case ConnectorResult.Refused { Status: 403, Code: var code }:
                // Blocked, removed, switched off by an administrator: until an activity comes from there.
                if (conversationId is not null)
                {
                    await references.BlockedAsync(tenantId, conversationId, ct);
                }

                return new PostOutcome.Gone(code);
            case ConnectorResult.Refused { Status: 404, Code: var code }:
                return new PostOutcome.Gone(code);
            case ConnectorResult.Refused { Status: >= 500, Code: var code }:
                return new PostOutcome.Later(null, code);
            case ConnectorResult.Refused { Status: var status, Code: var code }:
                return new PostOutcome.Refused($"{status} {code}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
