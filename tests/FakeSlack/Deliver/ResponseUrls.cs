using System.Text.Json.Nodes;
using FakeSlack.Api;
using FakeSlack.World;
using Microsoft.AspNetCore.Http;

namespace FakeSlack.Deliver;

/// <summary>The addresses that come with commands and with what is pressed on messages: five messages within thirty minutes ("Handling user interaction").</summary>
internal sealed class ResponseUrls(SlackWorld world)
{
    private const int MostUses = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private static readonly HashSet<string> Known =
        ["text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts", "mrkdwn", "unfurl_links", "unfurl_media", "metadata"];

    private readonly Dictionary<string, Address> _addresses = [];

    /// <param name="source">The message it came with; null for a command.</param>
    public Uri New(Channel channel, string userId, Message? source)
    {
        lock (world.Gate)
        {
            var key = $"{(source is null ? "commands" : "actions")}/{channel.Workspace.Id}/{world.Ids.Next("1")}/{world.Ids.Secret()}";
            _addresses[key] = new Address(channel, userId, source, world.Now);
            return new Uri(world.Address, $"/hooks/{key}");
        }
    }

    public async Task HandleAsync(HttpContext http, string key)
    {
        JsonObject? said = null;
        try
        {
            said = http.Request.HasJsonContentType() ? await JsonNode.ParseAsync(http.Request.Body) as JsonObject : null;
        }
        catch (System.Text.Json.JsonException)
        {
            // Answered below as no payload.
        }

        (int Status, string Body) answer;
        lock (world.Gate)
        {
            answer = said is null ? (400, "invalid_payload") : Take(key, said);
        }

        if (answer.Status != 200)
        {
            world.Complain($"a response_url refused: {answer.Body}");
        }

        world.Pulse();
        http.Response.StatusCode = answer.Status;
        await http.Response.WriteAsync(answer.Body);
    }

    /// <summary>Puts a message where an interaction took place; null when it was said, otherwise why not.</summary>
    public string? Say(Channel channel, string userId, JsonObject message)
    {
        if (Fault(message) is { } fault)
        {
            return fault;
        }

        if (world.InstalledIn(channel.Workspace) is not { } by)
        {
            return "token_revoked";
        }

        var isForAll = (string?)message["response_type"] == "in_channel";
        channel.Messages.Add(new Message(world.Ids.Ts(), channel, by.BotUserId)
        {
            BotId = by.BotId,
            Text = (string?)message["text"] ?? "",
            Blocks = Blocks(message),
            OnlyFor = isForAll ? null : userId,
            ThreadTs = (string?)message["thread_ts"],
        });
        return null;
    }

    private (int, string) Take(string key, JsonObject said)
    {
        if (!_addresses.TryGetValue(key, out var address))
        {
            return (404, "invalid_url");
        }

        if (world.Now - address.At > Lifetime)
        {
            return (404, "expired_url");
        }

        if (address.Uses >= MostUses)
        {
            return (404, "used_url");
        }

        address.Uses++;
        var (deletes, replaces) = (IsOn(said, "delete_original"), IsOn(said, "replace_original"));
        if ((deletes || replaces) && address.Source is not { IsDeleted: false })
        {
            return (400, "there is no original: what a person typed cannot be replaced");
        }

        if (deletes)
        {
            address.Source!.IsDeleted = true;
            return (200, "ok");
        }

        if (!replaces)
        {
            return Say(address.Channel, address.UserId, said) is { } refused ? (400, refused) : (200, "ok");
        }

        if (Fault(said) is { } fault)
        {
            return (400, fault);
        }

        // A message for one stays for one, whatever response_type says.
        address.Source!.Text = (string?)said["text"] ?? "";
        address.Source.Blocks = Blocks(said);
        address.Source.Edits++;
        return (200, "ok");
    }

    private static string? Fault(JsonObject message)
    {
        if (message.FirstOrDefault(property => !Known.Contains(property.Key)) is { Key: { } unknown })
        {
            return $"invalid_payload: {unknown} is unknown";
        }

        if (message["response_type"] is { } type && (string?)type is not ("in_channel" or "ephemeral"))
        {
            return "invalid_payload: response_type";
        }

        if (string.IsNullOrEmpty((string?)message["text"]) && message["blocks"] is not JsonArray { Count: > 0 })
        {
            return "no_text";
        }

        return message["blocks"] is { } blocks ? BlockCheck.Message(blocks)?.Body.ToJsonString() : null;
    }

    private JsonArray Blocks(JsonObject message) => message["blocks"] is JsonArray blocks ? BlockTree.WithIds(blocks, world.Ids) : [];

    private static bool IsOn(JsonObject said, string name) => said[name] is JsonValue value && value.TryGetValue<bool>(out var on) && on;

    private sealed class Address(Channel channel, string userId, Message? source, DateTimeOffset at)
    {
        public Channel Channel { get; } = channel;

        public string UserId { get; } = userId;

        public Message? Source { get; } = source;

        public DateTimeOffset At { get; } = at;

        public int Uses { get; set; }
    }
}
