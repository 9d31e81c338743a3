using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Install;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Inbound;

/// <summary>What the Events API tells. Acknowledged once it is stored, and not before: Slack sends it again.</summary>
internal sealed partial class TakeEvent(
    HandleInbound handle, TakeCommand commands, ShowHomeTab home, Installations installations, SlackPeople people, SlackApi api, ILogger<TakeEvent> log)
{
    private const long MostSeconds = 100_000_000_000;

    public async Task<SlackAnswer> TakeAsync(JsonObject envelope, Whose whose, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (envelope.Object("event") is not { } said || envelope.Text("event_id") is not { } id)
        {
            return new SlackAnswer();
        }

        var delivery = new DeliveryId("ev:" + id);
        switch (said.Text("type"))
        {
            case "app_mention":
            case "message" when said.Text("channel_type") == "im":
                return await commands.TakeWordsAsync(said, delivery, workspace, installed, ct);
            case "app_home_opened" when said.Text("tab") == "home" && said.Text("user") is { } user:
                var origin = new Origin(workspace, installed, await people.NameAsync(installed, workspace.Id, user, ct), Surface.Home, null);
                return new SlackAnswer(null, later => home.PublishAsync(delivery, origin, later));
            case "member_joined_channel":
                return await JoinedAsync(said, delivery, workspace, installed, ct);
            case "member_left_channel" when said.Text("user") is { } user && Channel(said) is { } place:
                return await TellAsync(user == installed.BotUserId ? new BotRemoved(delivery, workspace, null, place) : new MembersChanged(delivery, workspace, place, [], [new ChatPerson(user)]), ct);
            case "channel_left" or "group_left" when Channel(said) is { } place:
                return await TellAsync(new BotRemoved(delivery, workspace, null, place), ct);
            case "channel_rename" or "group_rename" when said.Text("channel", "id") is { } renamed:
                return await TellAsync(new ConversationChanged(delivery, workspace, new Conversation(renamed, ConversationKind.Channel, said.Text("channel", "name")), Gone: false), ct);
            case "channel_archive" or "group_archive" or "channel_deleted" or "group_deleted" when Channel(said) is { } place:
                return await TellAsync(new ConversationChanged(delivery, workspace, place, Gone: true), ct);
            case "channel_unarchive" or "group_unarchive" when Channel(said) is { } place:
                return await TellAsync(new BotAdded(delivery, workspace, null, place), ct);
            case "app_uninstalled" or "tokens_revoked":
                return await LastAsync(envelope, whose, ct);
            case "app_rate_limited":
                LogRateLimited(workspace.Id);
                return new SlackAnswer();
            default:
                return new SlackAnswer();
        }
    }

    /// <summary>What may still come when the token is gone: uninstalling tells twice, in either order.</summary>
    public async Task<SlackAnswer> LastAsync(JsonObject envelope, Whose whose, CancellationToken ct)
    {
        var type = envelope.Text("event", "type");
        if (type is "app_uninstalled" || (type is "tokens_revoked" && envelope.Array("event", "tokens", "bot") is { Count: > 0 }))
        {
            // One that comes late must not end what was installed anew meanwhile. Slack tells whole seconds.
            var at = envelope.Number("event_time") is { } seconds and > 0 and < MostSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds + 1) : DateTimeOffset.MaxValue;
            await installations.StopAsync(whose.Team, at, type, ct);
        }

        return new SlackAnswer();
    }

    private async Task<SlackAnswer> JoinedAsync(JsonObject said, DeliveryId delivery, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (said.Text("user") is not { } user || Channel(said) is not { } place)
        {
            return new SlackAnswer();
        }

        if (user != installed.BotUserId)
        {
            // Other bots join too, and are not asked anything.
            return await people.FindAsync(installed, workspace.Id, user, ct) is { } joined ? await TellAsync(new MembersChanged(delivery, workspace, place, [joined], []), ct) : new SlackAnswer();
        }

        var by = said.Text("inviter") is { } inviter ? await people.NameAsync(installed, workspace.Id, inviter, ct) : null;
        return await TellAsync(new BotAdded(delivery, workspace, by, place with { Name = await NameAsync(installed, workspace.Id, place.Id, ct) }), ct);
    }

    /// <summary>This event says the id only. Null where the name cannot be read: then the channel is "this channel" until somebody types a command there.</summary>
    private async Task<string?> NameAsync(Installed installed, string team, string channel, CancellationToken ct) =>
        await api.CallAsync(SlackMethods.ConversationInfo, installed.Token, team, new JsonObject { ["channel"] = channel }, ct) is SlackResult.Ok info ? info.Body.Text("channel", "name") : null;

    private async Task<SlackAnswer> TellAsync(InboundEvent inbound, CancellationToken ct)
    {
        await handle(inbound, ct);
        return new SlackAnswer();
    }

    private static Conversation? Channel(JsonObject said) => said.Text("channel") is { } id ? SlackJson.Conversation(id, null, said.Text("channel_type")) : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack holds back events of workspace {Workspace}: more than 30,000 in an hour")]
    private partial void LogRateLimited(string workspace);
}
