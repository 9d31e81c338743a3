using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FakeTeams.Talk;

namespace FakeTeams.Playground;

/// <summary>The one person who acts in the Agents Playground, through the addresses that its page uses; what reaches the bot the playground makes.</summary>
/// <param name="playground">Leads to it.</param>
public sealed class PlaygroundUser(SigningProxy proxy, TeamsCloud cloud, TeamsUser user, HttpClient playground)
{
    public TeamsUser User => user;

    public TeamsConversation Chat => cloud.Tenant.PersonalChat(user);

    /// <param name="happening">One of the playground's own: <c>install</c>, <c>uninstall</c>, <c>botAdded</c>, ...</param>
    public async Task HappensAsync(string happening, TeamsConversation at)
    {
        var template = await playground.GetFromJsonAsync<JsonObject>($"/_internal/v1/customActivities/template?conversationId={Uri.EscapeDataString(at.Id)}&type={happening}");
        await TakenAsync(await playground.PostAsJsonAsync("/_internal/v1/customActivities", template));
    }

    /// <summary>Writes to the bot: plainly in the personal chat, elsewhere by mentioning it.</summary>
    public async Task SayAsync(string text, TeamsConversation? at = null)
    {
        var conversation = at ?? Chat;
        var body = new JsonObject { ["from"] = new JsonObject { ["id"] = user.Id }, ["text"] = text, ["textFormat"] = "plain" };
        if (conversation.Type != ConversationType.Personal)
        {
            var mention = $"<at>{cloud.App.Name}</at>";
            body["text"] = $"{mention} {text}";
            body["mentions"] = new JsonArray(new JsonObject { ["mentioned"] = new JsonObject { ["id"] = cloud.App.BotId, ["name"] = cloud.App.Name }, ["text"] = mention });
        }

        await TakenAsync(await playground.PostAsJsonAsync($"/_conversation/v1/conversations/{Uri.EscapeDataString(conversation.Id)}/messages", body));
    }

    /// <summary>Presses a button that opens no dialog: at those the playground's page does nothing.</summary>
    public async Task<JsonObject> PressAsync(TeamsConversation at, TeamsMessage message, string button, IReadOnlyDictionary<string, string>? inputs = null)
    {
        var card = message.CardFor(user) ?? throw new InvalidOperationException("The message has no card.");
        var action = CardForm.Button(card, button);
        if ((string?)action["type"] != "Action.Execute")
        {
            throw new InvalidOperationException($"The playground's page does nothing at '{button}'.");
        }

        var body = new JsonObject
        {
            ["from"] = new JsonObject { ["id"] = user.Id },
            ["conversation"] = new JsonObject { ["id"] = message.ThreadId is { } thread ? $"{at.Id};messageid={thread}" : at.Id },
            ["replyToId"] = message.Id,
            ["name"] = "adaptiveCard/action",
            ["value"] = new JsonObject
            {
                ["action"] = new JsonObject
                {
                    ["type"] = "Action.Execute", ["title"] = (string?)action["title"], ["verb"] = (string?)action["verb"], ["data"] = CardForm.Values(card, action, inputs ?? new Dictionary<string, string>()),
                },
            },
        };
        var answer = JsonNode.Parse(await TakenAsync(await playground.PostAsJsonAsync("/_conversation/v1/invoke", body)))!.AsObject();
        if ((string?)answer["type"] == "application/vnd.microsoft.card.adaptive")
        {
            message.Show(user, (JsonObject)answer["value"]!.DeepClone());
        }

        return answer;
    }

    /// <summary>Somebody else: the playground lets only its own user act, but takes activities of anybody and posts them to the bot.</summary>
    public TeamsClient Another(TeamsUser other, TimeProvider clock) => new(cloud, other, new HttpClient(new AsCustomActivity(proxy, playground)) { BaseAddress = proxy.Address }, clock);

    private static async Task<string> TakenAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return response.StatusCode == HttpStatusCode.OK ? text : throw new InvalidOperationException($"The playground refused with {(int)response.StatusCode}: {text}");
        }
    }

    /// <summary>The playground does not tell how the bot answered; the proxy heard it.</summary>
    private sealed class AsCustomActivity(SigningProxy proxy, HttpClient playground) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var activity = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
            var answered = proxy.AnswerToAsync((string)activity["id"]!);
            await TakenAsync(await playground.PostAsJsonAsync("/_internal/v1/customActivities", activity, cancellationToken));
            var exchange = await answered.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            return new HttpResponseMessage((HttpStatusCode)exchange.Status) { Content = new StringContent(exchange.Answer?.ToJsonString() ?? "") };
        }
    }
}
