using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FakeTeams.Issuer;

namespace FakeTeams.Talk;

/// <summary>How the bot answered.</summary>
/// <param name="Body">Null for an empty answer.</param>
public sealed record BotAnswer(int Status, JsonObject? Body);

/// <summary>Somebody's Teams: what they do reaches the bot as a signed activity.</summary>
/// <param name="bot">Leads to the bot's host.</param>
public sealed class TeamsClient(TeamsCloud cloud, TeamsUser user, HttpClient bot, TimeProvider clock)
{
    private const string Door = "/api/messages";
    private static int s_activity;

    public TeamsUser User => user;

    public TeamsConversation Chat => cloud.Tenant.PersonalChat(user);

    /// <summary>Adds the app to the personal chat, or to a team or group chat.</summary>
    public async Task InstallAsync(TeamsConversation? at = null)
    {
        var conversation = at ?? Chat;
        conversation.HasBot = true;
        conversation.Refuses = null;
        await DeliverAsync(With(Activity(conversation, "installationUpdate"), ("action", "add")));
        await DeliverAsync(With(Activity(conversation, "conversationUpdate"), ("membersAdded", new JsonArray(new JsonObject { ["id"] = cloud.App.BotId }))));
    }

    public Task<BotAnswer> UninstallAsync(TeamsConversation? at = null)
    {
        var conversation = at ?? Chat;
        conversation.HasBot = false;
        conversation.Refuses = "BotNotInConversationRoster";
        return DeliverAsync(With(Activity(conversation, "installationUpdate"), ("action", "remove")));
    }

    /// <summary>Writes to the bot: plainly in the personal chat, elsewhere by mentioning it.</summary>
    public Task<BotAnswer> SayAsync(string text, TeamsConversation? at = null, string? threadId = null)
    {
        var conversation = at ?? Chat;
        if (threadId is null && conversation.Type == ConversationType.Channel)
        {
            threadId = cloud.Tenant.NextMessageId();
            conversation.Begin(threadId);
        }

        var activity = Activity(conversation, "message", threadId);
        var mention = $"<at>{cloud.App.Name}</at>";
        activity["text"] = conversation.Type == ConversationType.Personal ? text : $"{mention} {text}";
        activity["textFormat"] = "plain";
        if (conversation.Type != ConversationType.Personal)
        {
            ((JsonArray)activity["entities"]!).Add(new JsonObject
            {
                ["type"] = "mention", ["text"] = mention, ["mentioned"] = new JsonObject { ["id"] = cloud.App.BotId, ["name"] = cloud.App.Name },
            });
        }

        return DeliverAsync(activity);
    }

    /// <summary>Presses a button of a message's card, as this person sees it; a card that answers is what they see from then on.</summary>
    /// <param name="button">Its title or verb.</param>
    /// <param name="inputs">What is typed; of other inputs the card's own values are sent.</param>
    public async Task<BotAnswer> PressAsync(TeamsConversation at, TeamsMessage message, string button, IReadOnlyDictionary<string, string>? inputs = null)
    {
        var card = message.CardFor(user) ?? throw new InvalidOperationException("The message has no card.");
        var action = CardForm.Button(card, button);
        var data = CardForm.Values(card, action, inputs ?? new Dictionary<string, string>());
        var activity = Activity(at, "invoke", message.ThreadId);
        activity["replyToId"] = message.Id;
        switch ((string?)action["type"])
        {
            case "Action.Execute":
                activity["name"] = "adaptiveCard/action";
                activity["value"] = new JsonObject
                {
                    ["action"] = new JsonObject { ["type"] = "Action.Execute", ["title"] = (string?)action["title"], ["verb"] = (string?)action["verb"], ["data"] = data }, ["trigger"] = "manual",
                };
                break;
            case "Action.Submit" when CardForm.OpensDialog(action):
                activity["name"] = "task/fetch";
                activity["value"] = new JsonObject { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "default" } };
                break;
            case "Action.Submit":
                activity["type"] = "message";
                activity["value"] = data;
                break;
            case var other:
                throw new InvalidOperationException($"A {other} does not reach the bot.");
        }

        var answer = await DeliverAsync(activity);
        if ((string?)answer.Body?["type"] == "application/vnd.microsoft.card.adaptive")
        {
            message.Show(user, (JsonObject)answer.Body["value"]!.DeepClone());
        }

        return answer;
    }

    /// <summary>Presses a button of a dialog that the bot answered with.</summary>
    public Task<BotAnswer> SubmitAsync(TeamsConversation at, TeamsMessage? openedFrom, BotAnswer dialog, string button, IReadOnlyDictionary<string, string>? inputs = null)
    {
        var card = dialog.Body?["task"]?["value"]?["card"]?["content"] as JsonObject ?? throw new InvalidOperationException("The answer is no dialog.");
        var activity = Activity(at, "invoke", openedFrom?.ThreadId);
        activity["name"] = "task/submit";
        activity["replyToId"] = openedFrom?.Id;
        activity["value"] = new JsonObject
        {
            ["data"] = CardForm.Values(card, CardForm.Button(card, button), inputs ?? new Dictionary<string, string>()), ["context"] = new JsonObject { ["theme"] = "default" },
        };
        return DeliverAsync(activity);
    }

    /// <summary>An activity as Teams makes them, for what the other methods do not do.</summary>
    public JsonObject Activity(TeamsConversation at, string type, string? threadId = null)
    {
        var now = clock.GetUtcNow();
        var channelData = new JsonObject { ["tenant"] = new JsonObject { ["id"] = cloud.Tenant.Id } };
        if (at.TeamId is { } team)
        {
            channelData["team"] = new JsonObject { ["id"] = team };
            channelData["channel"] = new JsonObject { ["id"] = at.Id, ["name"] = at.Name };
            channelData["settings"] = new JsonObject { ["selectedChannel"] = new JsonObject { ["id"] = at.Id } };
        }

        return new JsonObject
        {
            ["type"] = type,
            ["id"] = $"f:{Interlocked.Increment(ref s_activity)}",
            ["timestamp"] = now.ToString("O"),
            ["localTimezone"] = user.TimeZone,
            ["locale"] = user.Locale,
            ["channelId"] = "msteams",
            ["serviceUrl"] = cloud.ServiceUrl,
            ["from"] = user.AsSender(),
            ["recipient"] = new JsonObject { ["id"] = cloud.App.BotId, ["name"] = cloud.App.Name },
            ["conversation"] = new JsonObject
            {
                ["id"] = threadId is null ? at.Id : $"{at.Id};messageid={threadId}",
                ["conversationType"] = at.Type,
                ["isGroup"] = at.Type != ConversationType.Personal,
                ["tenantId"] = cloud.Tenant.Id,
            },
            ["channelData"] = channelData,
            ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = user.Locale, ["country"] = "DE", ["platform"] = "Web", ["timezone"] = user.TimeZone }),
        };
    }

    /// <param name="token">A valid one where null.</param>
    public async Task<BotAnswer> DeliverAsync(JsonObject activity, TokenWish? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Door) { Content = JsonContent.Create(activity) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", cloud.Issuer.Token(token ?? new TokenWish(cloud.App.AppId, (string)activity["serviceUrl"]!)));
        using var response = await bot.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new BotAnswer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject);
    }

    private static JsonObject With(JsonObject activity, params IEnumerable<(string Key, JsonNode Value)> more)
    {
        foreach (var (key, value) in more)
        {
            activity[key] = value;
        }

        return activity;
    }
}
