using System.Text.Json;
using Bot.Chat;
using Bot.Teams.Addresses;

namespace Bot.Teams.Inbound;

/// <summary>The bot was brought somewhere or taken away; people came and went; channels got names. Acknowledged once it is stored.</summary>
internal sealed class TakePresence(HandleInbound handle, References references, TeamsPlatform platform, TimeProvider clock)
{
    /// <summary><c>installationUpdate</c>. In a team it is told of the team, and of the channel chosen for the bot to say hello in.</summary>
    public async Task<TeamsAnswer> InstalledAsync(Activity activity, CancellationToken ct)
    {
        var seen = activity.Seen(clock.GetUtcNow());
        switch (activity.Json.Text("action"))
        {
            case "remove":
                await references.UninstalledAsync(activity.TenantId, activity.ConversationId, ct);
                await RemovedAsync(activity, await references.PersonAsync(activity.TenantId, seen.UserId ?? "", ct) is { } known ? references.Named(known) : null, ct);
                break;
            case "add":
                var by = await references.NoteAsync(seen, ct, isAdded: true);
                if (activity.Kind == ConversationKind.Channel && activity.Json.Text("channelData", "settings", "selectedChannel", "id") is { } chosen && chosen != seen.ChannelId)
                {
                    await references.NoteAsync(seen with { ConversationId = chosen, ChannelId = chosen }, ct, isAdded: true);
                    await handle(new BotAdded(activity.Delivery("add"), activity.Workspace, by, new Conversation(chosen, ConversationKind.Channel, activity.NameOf(chosen))), CancellationToken.None);
                }
                else
                {
                    await handle(new BotAdded(activity.Delivery("add"), activity.Workspace, by, activity.In), CancellationToken.None);
                }

                break;
            case "add-upgrade":
                await references.NoteAsync(seen, ct);
                break;
            // remove-upgrade: the new version follows at once, and everything stays.
        }

        return new TeamsAnswer();
    }

    /// <summary><c>conversationUpdate</c>.</summary>
    public async Task<TeamsAnswer> ChangedAsync(Activity activity, CancellationToken ct)
    {
        var left = activity.Json.Each("membersRemoved").ToList();
        if (left.Exists(m => m.Text("id") == activity.BotId))
        {
            await references.UninstalledAsync(activity.TenantId, activity.ConversationId, ct);
            await RemovedAsync(activity, null, ct);
            return new TeamsAnswer();
        }

        var by = await references.NoteAsync(activity.Seen(clock.GetUtcNow()), ct);
        var joined = activity.Json.Each("membersAdded").ToList();
        // In a team installationUpdate tells it, with the channel to say hello in.
        if (joined.Exists(m => m.Text("id") == activity.BotId) && activity.Kind != ConversationKind.Channel)
        {
            await handle(new BotAdded(activity.Delivery("add"), activity.Workspace, by, activity.In), CancellationToken.None);
        }

        await MovedAsync(activity, joined, left, ct);
        await RenamedAsync(activity, ct);
        return new TeamsAnswer();
    }

    private async Task MovedAsync(Activity activity, List<JsonElement> joined, List<JsonElement> left, CancellationToken ct)
    {
        var came = joined.Where(m => m.Text("id") != activity.BotId).Select(Read).OfType<Member>().ToList();
        if (activity.Kind == ConversationKind.Personal || came.Count + left.Count == 0)
        {
            return;
        }

        var people = await NamedAsync(activity, came, ct);
        var gone = new List<ChatPerson>();
        foreach (var member in left.Select(Read).OfType<Member>())
        {
            gone.Add(await references.PersonAsync(activity.TenantId, member.UserId, ct) is { } known ? references.Named(known) : new ChatPerson(member.AadObjectId ?? member.UserId));
        }

        foreach (var place in await PlacesAsync(activity, ct))
        {
            await handle(new MembersChanged(Delivery(activity, "people", place), activity.Workspace, place, people, gone), CancellationToken.None);
        }
    }

    /// <summary>The activity names newcomers by their ids alone; the roster knows what they are called.</summary>
    private async Task<IReadOnlyList<ChatPerson>> NamedAsync(Activity activity, List<Member> came, CancellationToken ct)
    {
        if (came.Exists(m => m.Name is null))
        {
            try
            {
                await platform.MembersAsync(activity.Workspace, activity.In, ct);
            }
            catch (PlatformUnreachableException)
            {
                // They go by their ids until they are heard of, or the roster is read again.
            }
        }

        return await references.NoteMembersAsync(activity.TenantId, activity.ConversationId, came, ct);
    }

    private async Task RenamedAsync(Activity activity, CancellationToken ct)
    {
        if (activity.Kind == ConversationKind.Group && activity.Json.Text("topicName") is { } topic)
        {
            await handle(new ConversationChanged(activity.Delivery("name"), activity.Workspace, activity.In with { Name = topic }, Gone: false), CancellationToken.None);
        }

        switch (activity.Json.Text("channelData", "eventType"))
        {
            case "channelRenamed" or "teamRenamed":
                await TellAsync(activity, "name", (delivery, place) => new ConversationChanged(delivery, activity.Workspace, place, Gone: false), ct);
                break;
            case "channelDeleted" or "teamDeleted" or "teamHardDeleted" or "teamArchived":
                await TellAsync(activity, "gone", (delivery, place) => new ConversationChanged(delivery, activity.Workspace, place, Gone: true), ct);
                break;
            case "channelRestored" or "teamRestored" or "teamUnarchived":
                await TellAsync(activity, "back", (delivery, place) => new BotAdded(delivery, activity.Workspace, null, place), ct);
                break;
        }
    }

    /// <summary>Teams tells of places only; with the last of them the bot is gone from the tenant.</summary>
    private async Task RemovedAsync(Activity activity, ChatPerson? by, CancellationToken ct)
    {
        await TellAsync(activity, "remove", (delivery, place) => new BotRemoved(delivery, activity.Workspace, by, place), ct);
        if (!await references.IsAnywhereAsync(activity.TenantId, ct))
        {
            await handle(new BotRemoved(activity.Delivery("last"), activity.Workspace, null, null), CancellationToken.None);
        }
    }

    private async Task TellAsync(Activity activity, string kind, Func<DeliveryId, Conversation, InboundEvent> what, CancellationToken ct)
    {
        foreach (var place in await PlacesAsync(activity, ct))
        {
            await handle(what(Delivery(activity, kind, place), place), CancellationToken.None);
        }
    }

    /// <summary>What is told of a channel is told of it alone; what is told of a team, of all its channels that were heard of.</summary>
    private async Task<IReadOnlyList<Conversation>> PlacesAsync(Activity activity, CancellationToken ct)
    {
        if (activity.Kind != ConversationKind.Channel)
        {
            return [activity.In];
        }

        var isOfChannel = activity.Json.Text("channelData", "eventType")?.StartsWith("channel", StringComparison.Ordinal) == true;
        IReadOnlyList<string> ids = isOfChannel && activity.Json.Text("channelData", "channel", "id") is { } channel ? [channel]
            : await references.ChannelsAsync(activity.TenantId, activity.Json.Text("channelData", "team", "id") ?? activity.In.Id, ct);
        return [.. ids.Select(id => new Conversation(id, ConversationKind.Channel, activity.NameOf(id)))];
    }

    private static DeliveryId Delivery(Activity activity, string kind, Conversation place) => new($"{activity.Delivery(kind).Value}:{place.Id}");

    private static Member? Read(JsonElement entry) =>
        entry.Text("id") is { } id ? new Member(id, entry.Text("aadObjectId") ?? entry.Text("objectId"), entry.Text("name"), entry.Text("userPrincipalName")) : null;
}
