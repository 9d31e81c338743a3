using System.Globalization;
using System.Text.Json.Nodes;
using FakeTeams.Talk;

namespace FakeTeams.Connector;

/// <summary>What the connector does: conversations, messages, rosters.</summary>
internal sealed class Conversing(TeamsApp app, Tenant tenant, TimeProvider clock)
{
    private const string Mark = ";messageid=";

    /// <summary>Chats and threads; a new group chat it never creates.</summary>
    public Answer Create(JsonObject body)
    {
        if (body.Select(m => m.Key).FirstOrDefault(key => key is not ("isGroup" or "members" or "tenantId" or "bot" or "activity" or "channelData" or "topicName")) is { } unknown)
        {
            return Answer.Error(400, "BadSyntax", $"Could not find member '{unknown}'");
        }

        if ((string?)body["tenantId"] != tenant.Id || ((string?)body["channelData"]?["tenant"]?["id"] ?? tenant.Id) != tenant.Id)
        {
            return Answer.Error(400, "BadSyntax", "Bad tenantId");
        }

        if ((string?)body["channelData"]?["channel"]?["id"] is { } channelId)
        {
            return Thread(channelId, body["activity"] as JsonObject);
        }

        return (bool?)body["isGroup"] == true ? Answer.Error(400, "BadSyntax", "Incorrect conversation creation parameters") : Personal(body);
    }

    public Answer Send(string id, JsonObject activity, bool isTargeted)
    {
        var (conversation, thread) = Find(id);
        if (Closed(conversation) is { } closed)
        {
            return closed;
        }

        if (thread is not null && !conversation!.HasThread(thread))
        {
            return Answer.Error(404, "ConversationNotFound", "The thread is not there");
        }

        if (CheckActivity.Refuse(activity) is { } refused)
        {
            return refused;
        }

        string? only = null;
        if (isTargeted)
        {
            only = (string?)activity["recipient"]?["id"];
            if (conversation!.Type == ConversationType.Personal || conversation.Members.All(m => m.Id != only))
            {
                return Answer.Error(400, "BadArgument", "A targeted message is for one member of a group conversation");
            }
        }

        if (CheckActivity.IsSplit(activity))
        {
            Keep(conversation!, Without(activity, "attachments"), thread, only);
            Keep(conversation!, Without(activity, "text"), thread, only);
            return new Answer(202);
        }

        return (string?)activity["type"] == "typing" ? new Answer(202) : Answer.Ok(new JsonObject { ["id"] = Keep(conversation!, activity, thread, only).Id }, 201);
    }

    public Answer Edit(string id, string activityId, JsonObject activity)
    {
        var (conversation, _) = Find(id);
        if (Closed(conversation) is { } closed)
        {
            return closed;
        }

        if (CheckActivity.Refuse(activity) is { } refused)
        {
            return refused;
        }

        if (CheckActivity.IsSplit(activity))
        {
            return Answer.Error(400, "BadArgument", "Activity resulted into multiple skype activities");
        }

        if (conversation!.Find(activityId) is not { } message)
        {
            return Answer.Error(404, "ActivityNotFoundInConversation", "Activity was not found in conversation");
        }

        message.Edit((JsonObject)activity.DeepClone());
        return Answer.Ok(new JsonObject { ["id"] = activityId });
    }

    public Answer Delete(string id, string activityId)
    {
        var (conversation, _) = Find(id);
        if (Closed(conversation) is { } closed)
        {
            return closed;
        }

        if (conversation!.Find(activityId) is not { } message)
        {
            return Answer.Error(404, "ActivityNotFoundInConversation", "Activity was not found in conversation");
        }

        message.IsDeleted = true;
        return new Answer(200);
    }

    /// <summary>Pages in teams; a chat's roster comes whole.</summary>
    public Answer Members(string id, string? pageSize, string? continuationToken)
    {
        var (conversation, _) = Find(id);
        if (Closed(conversation) is { } closed)
        {
            return closed;
        }

        var size = conversation!.Type == ConversationType.Channel ? Math.Clamp(int.TryParse(pageSize, CultureInfo.InvariantCulture, out var wished) ? wished : 200, 50, 500) : int.MaxValue;
        var from = 0;
        if (continuationToken is not null && !(continuationToken.StartsWith("next+/=", StringComparison.Ordinal) && int.TryParse(continuationToken[7..], CultureInfo.InvariantCulture, out from)))
        {
            return Answer.Error(400, "BadArgument", "Bad continuation token");
        }

        var body = new JsonObject { ["members"] = new JsonArray([.. conversation.Members.Skip(from).Take(size).Select(JsonNode (m) => m.AsMember(tenant.Id))]) };
        if (conversation.Members.Count - from > size)
        {
            body["continuationToken"] = $"next+/={from + size}";
        }

        return Answer.Ok(body);
    }

    public Answer Member(string id, string memberId)
    {
        var (conversation, _) = Find(id);
        return Closed(conversation) is { } closed ? closed
            : tenant.User(memberId) is { } user && conversation!.Members.Contains(user) ? Answer.Ok(user.AsMember(tenant.Id))
            : Answer.Error(404, "MemberNotFoundInConversation", "The specified member was not found in this conversation");
    }

    private Answer Personal(JsonObject body)
    {
        if (((string?)body["bot"]?["id"] ?? app.BotId) != app.BotId)
        {
            return Answer.Error(400, "BadSyntax", "Bad bot");
        }

        if (body["members"] is not JsonArray { Count: 1 } members || (string?)members[0]?["id"] is not { } userId || !userId.StartsWith("29:", StringComparison.Ordinal) || tenant.User(userId) is not { } user)
        {
            return Answer.Error(400, "BadSyntax", "Bad member: one, by its id for this bot");
        }

        return tenant.CanReach(user)
            ? Answer.Ok(new JsonObject { ["id"] = tenant.PersonalChat(user).Id }, 201)
            : Answer.Error(403, "ForbiddenOperationException", "The app is not installed for this user");
    }

    private Answer Thread(string channelId, JsonObject? activity)
    {
        var conversation = tenant.Conversation(channelId);
        if (Closed(conversation) is { } closed)
        {
            return closed;
        }

        if (activity is null || conversation!.Type != ConversationType.Channel)
        {
            return Answer.Error(400, "BadSyntax", "Incorrect conversation creation parameters");
        }

        if (CheckActivity.Refuse(activity) is { } refused)
        {
            return refused;
        }

        var message = Keep(conversation, activity, null, null);
        return Answer.Ok(new JsonObject { ["id"] = $"{channelId}{Mark}{message.Id}", ["activityId"] = message.Id }, 201);
    }

    private TeamsMessage Keep(TeamsConversation conversation, JsonObject activity, string? thread, string? only)
    {
        var id = tenant.NextMessageId();
        var message = new TeamsMessage
        {
            Id = id, ThreadId = conversation.Type == ConversationType.Channel ? thread ?? id : null, Activity = (JsonObject)activity.DeepClone(), At = clock.GetUtcNow(), OnlyFor = only,
        };
        conversation.Add(message);
        return message;
    }

    private static Answer? Closed(TeamsConversation? conversation) => conversation switch
    {
        null or { IsDeleted: true } => Answer.Error(404, "ConversationNotFound", "Conversation not found"),
        { Refuses: { } code } => Answer.Error(403, code),
        // A chat that the bot opened itself needs no installation there: it was asked for when it was opened.
        { HasBot: false, Type: not ConversationType.Personal } => Answer.Error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster"),
        _ => null,
    };

    private (TeamsConversation? Conversation, string? Thread) Find(string id)
    {
        var parts = id.Split(Mark);
        return (tenant.Conversation(parts[0]), parts.Length > 1 ? parts[1] : null);
    }

    private static JsonObject Without(JsonObject activity, string key)
    {
        var copy = (JsonObject)activity.DeepClone();
        copy.Remove(key);
        return copy;
    }
}
