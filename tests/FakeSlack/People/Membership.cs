using System.Text.Json.Nodes;
using FakeSlack.Deliver;
using FakeSlack.World;

namespace FakeSlack.People;

/// <summary>People and the app come into channels and leave them, and channels change; the app is told where it is a member.</summary>
public sealed class Membership
{
    private readonly SlackWorld _world;
    private readonly Events _events;

    internal Membership(SlackWorld world, Events events)
    {
        _world = world;
        _events = events;
    }

    public Task<Delivery?> JoinAsync(Channel channel, string userId, string? inviter = null)
    {
        Change(() => channel.Joined.Add(userId));
        var joined = About("member_joined_channel", channel, userId);
        if (inviter is not null)
        {
            joined["inviter"] = inviter;
        }

        return TellAsync("member_joined_channel", channel, joined);
    }

    /// <summary>Of the bot itself, Slack tells with channel_left or group_left.</summary>
    public async Task<Delivery?> LeaveAsync(Channel channel, string userId)
    {
        var isBot = _world.InstalledIn(channel.Workspace)?.BotUserId == userId;
        var name = isBot ? Of(channel, "left") : "member_left_channel";
        var delivery = isBot
            ? await TellAsync(name, channel, new JsonObject { ["type"] = name, ["channel"] = channel.Id })
            : await TellAsync(name, channel, About(name, channel, userId));
        Change(() => channel.Joined.Remove(userId));
        return delivery;
    }

    public Task<Delivery?> RenameAsync(Channel channel, string name)
    {
        Change(() => channel.Name = name);
        return TellAsync(Of(channel, "rename"), channel, new JsonObject
        {
            ["type"] = Of(channel, "rename"),
            ["channel"] = new JsonObject
            {
                ["id"] = channel.Id, ["name"] = name, ["name_normalized"] = name, ["created"] = _world.Now.ToUnixTimeSeconds(), ["is_channel"] = true, ["is_mpim"] = false,
            },
        });
    }

    public Task<Delivery?> ArchiveAsync(Channel channel, string by) => SetArchivedAsync(channel, by, true);

    public Task<Delivery?> UnarchiveAsync(Channel channel, string by) => SetArchivedAsync(channel, by, false);

    private Task<Delivery?> SetArchivedAsync(Channel channel, string by, bool isArchived)
    {
        Change(() => channel.IsArchived = isArchived);
        var name = Of(channel, isArchived ? "archive" : "unarchive");
        return TellAsync(name, channel, new JsonObject { ["type"] = name, ["channel"] = channel.Id, ["user"] = by });
    }

    private Task<Delivery?> TellAsync(string name, Channel channel, JsonObject what) =>
        _world.InstalledIn(channel.Workspace) is { } installed && channel.Members.Contains(installed.BotUserId)
            ? _events.SendAsync(name, channel.Workspace, what)
            : Task.FromResult<Delivery?>(null);

    private static JsonObject About(string type, Channel channel, string userId) => new()
    {
        ["type"] = type, ["user"] = userId, ["channel"] = channel.Id, ["channel_type"] = channel.Kind == ChannelKind.Public ? "C" : "G", ["team"] = channel.Workspace.Id,
    };

    private static string Of(Channel channel, string what) => (channel.Kind == ChannelKind.Public ? "channel_" : "group_") + what;

    private void Change(Action change)
    {
        lock (_world.Gate)
        {
            change();
        }

        _world.Pulse();
    }
}
