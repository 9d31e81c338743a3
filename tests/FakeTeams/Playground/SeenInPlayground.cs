using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FakeTeams.Talk;

namespace FakeTeams.Playground;

/// <summary>What the bot said in the playground and the playground took, conversation by conversation: it shows its one user's alone.</summary>
public sealed class SeenInPlayground(TeamsCloud cloud, TimeProvider clock)
{
    private const string Mark = ";messageid=";
    private readonly ConcurrentDictionary<string, TeamsConversation> _chats = new();

    /// <summary>Somebody's chat with the bot, which for everybody but the playground's own user the playground makes when the bot first writes there.</summary>
    public TeamsConversation? Chat(TeamsUser user) => _chats.Values.FirstOrDefault(chat => chat.Members.Contains(user));

    internal void Note(Exchange exchange)
    {
        var parts = exchange.Path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        switch (exchange.Method, parts)
        {
            case ("POST", ["v3", "conversations"]) when Id(exchange.Answer) is { } id:
                Opened(id, exchange.Sent!, (string?)exchange.Answer!["activityId"]);
                break;
            case ("POST", ["v3", "conversations", var id, "activities"]) when Id(exchange.Answer) is { } said:
                Find(id).Add(Message(said, id, exchange.Sent!));
                break;
            case ("PUT", ["v3", "conversations", var id, "activities", var changed]) when exchange.Status == 200:
                Find(id).Find(changed)!.Edit(Copy(exchange.Sent!));
                break;
        }
    }

    private void Opened(string id, JsonObject asked, string? first)
    {
        if ((string?)asked["members"]?[0]?["id"] is { } userId)
        {
            var user = cloud.Tenant.User(userId)!;
            var chat = cloud.Tenant.Conversation(id) ?? new TeamsConversation { Id = id, Type = ConversationType.Personal };
            if (_chats.TryAdd(id, chat) && !chat.Members.Contains(user))
            {
                chat.Members.Add(user);
            }
        }
        else if (first is not null)
        {
            Find(id).Add(Message(first, id, asked["activity"]!.AsObject()));
        }
    }

    private TeamsConversation Find(string id)
    {
        var root = id.Split(Mark)[0];
        return _chats.GetValueOrDefault(root) ?? cloud.Tenant.Conversation(root) ?? throw new InvalidOperationException($"Nobody opened {id}.");
    }

    private TeamsMessage Message(string id, string conversationId, JsonObject activity) => new()
    {
        Id = id, ThreadId = conversationId.Contains(Mark, StringComparison.Ordinal) ? conversationId.Split(Mark)[1] : null, Activity = Copy(activity), At = clock.GetUtcNow(),
    };

    private static string? Id(JsonObject? answer) => (string?)answer?["id"];

    private static JsonObject Copy(JsonObject activity) => (JsonObject)activity.DeepClone();
}
