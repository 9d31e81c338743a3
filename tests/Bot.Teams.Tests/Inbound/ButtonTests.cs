using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.CheckIns;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Inbound;

// Action.Execute in the personal chat and in a channel: each reply; forms in the place of a card and as a message of their own; faults; a double press; slow work;
// refresh; what is malformed, forged, unknown; Action.Submit of clients that know no better.
public sealed class ButtonTests : IAsyncLifetime
{
    private const string Card = "application/vnd.microsoft.card.adaptive";
    private const string Line = "application/vnd.microsoft.activity.message";
    private static readonly Dictionary<string, string> Lisbon = new() { ["zone"] = "Europe/Lisbon" };
    private ListeningBot _bot = null!;
    private TeamsClient _ada = null!;

    public async Task InitializeAsync()
    {
        _bot = await ListeningBot.StartAsync();
        _ada = _bot.As(_bot.Person());
        _ada.Chat.HasBot = true;
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_press_tells_which_button_on_which_message_and_who()
    {
        var prompt = await PromptAsync();

        await _ada.PressAsync(_ada.Chat, prompt, "Not this week");

        var pressed = Assert.IsType<CardAction>(_bot.Heard[^1]);
        Assert.Equal(new ActionRef(DeclineCheckIn.Action, "round-1"), pressed.Action);
        Assert.Equal(new MessageRef(_ada.Chat.Id, prompt.Id), pressed.On);
        Assert.Equal(_ada.User.AadObjectId, pressed.By!.Id);
    }

    [Fact]
    public async Task A_replaced_card_is_the_answer_and_the_message_for_good()
    {
        var prompt = await PromptAsync();
        _bot.Reply(new Reply.ReplaceCard(_bot.Words("Not this week, then.")));

        var answer = await _ada.PressAsync(_ada.Chat, prompt, "Not this week");

        Assert.Equal((200, Card), (answer.Status, (string?)answer.Body!["type"]));
        Assert.Equal(("Not this week, then.", 1), (prompt.Summary, prompt.Edits));
    }

    [Fact]
    public async Task A_whisper_follows_below_and_the_card_stays()
    {
        var prompt = await PromptAsync();
        _bot.Reply(new Reply.Whisper(_bot.Words("You have answered already.")));

        var answer = await _ada.PressAsync(_ada.Chat, prompt, "Not this week");

        Assert.Equal((Line, "The answer is below."), ((string?)answer.Body!["type"], (string?)answer.Body["value"]));
        Assert.Equal("You have answered already.", _ada.Chat.Last.Summary);
        Assert.Equal(0, prompt.Edits);
    }

    [Fact]
    public async Task A_form_stands_in_the_place_of_the_card_and_what_was_saved_becomes_the_card()
    {
        var prompt = await PromptAsync();
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await _ada.PressAsync(_ada.Chat, prompt, "My time zone");
        _bot.Reply(new Reply.ReplaceCard(_bot.Words("Saved.")));

        await _ada.PressAsync(_ada.Chat, prompt, "Save", Lisbon);

        var sent = Assert.IsType<FormSubmitted>(_bot.Heard[^1]);
        Assert.Equal((new ActionRef("timezone", "mine"), new MessageRef(_ada.Chat.Id, prompt.Id)), (sent.Form, sent.On));
        Assert.Equal("Europe/Lisbon", Assert.Single(sent.Values.All).Value);
        Assert.Equal("Saved.", prompt.Summary);
    }

    [Fact]
    public async Task A_form_that_was_opened_from_a_list_leaves_the_list_for_later()
    {
        var prompt = await PromptAsync();
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await _ada.PressAsync(_ada.Chat, prompt, "My time zone");
        _bot.Reply(new Reply.Whisper(_bot.Words("Saved.")));

        var answer = await _ada.PressAsync(_ada.Chat, prompt, "Save", Lisbon);

        Assert.Equal(Card, (string?)answer.Body!["type"]);
        Assert.Contains("Saved.", prompt.CardFor(_ada.User)!.ToJsonString());
        Assert.Equal(0, prompt.Edits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_that_is_a_message_of_its_own_becomes_what_came_of_it(bool isSilent)
    {
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await _ada.SayAsync("timezone");
        var form = _ada.Chat.Last;
        _bot.Reply(isSilent ? new Reply.Silence() : new Reply.Whisper(_bot.Words("Saved.")));

        await _ada.PressAsync(_ada.Chat, form, "Save", Lisbon);

        Assert.Null(Assert.IsType<FormSubmitted>(_bot.Heard[^1]).On);
        Assert.Equal(isSilent ? "Done." : "Saved.", form.Summary);
        Assert.Single(_ada.Chat.Messages);
    }

    [Fact]
    public async Task Faults_are_shown_in_the_form_with_what_was_typed_and_it_can_be_sent_again()
    {
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await _ada.SayAsync("timezone");
        var form = _ada.Chat.Last;
        _bot.Reply(new Reply.FieldErrors(_bot.Form(typed: "Lisboa"), new Dictionary<string, string> { ["zone"] = "This is not a time zone." }));
        await _ada.PressAsync(_ada.Chat, form, "Save", new Dictionary<string, string> { ["zone"] = "Lisboa" });
        var shown = form.CardFor(_ada.User)!.ToJsonString();
        _bot.Reply(new Reply.Whisper(_bot.Words("Saved.")));

        await _ada.PressAsync(_ada.Chat, form, "Save", Lisbon);

        Assert.Contains("This is not a time zone.", shown);
        Assert.Contains("Lisboa", shown);
        Assert.Equal("Saved.", form.Summary);
    }

    [Fact]
    public async Task An_empty_field_is_absent()
    {
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await _ada.SayAsync("timezone");

        await _ada.PressAsync(_ada.Chat, _ada.Chat.Last, "Save");

        Assert.Empty(Assert.IsType<FormSubmitted>(_bot.Heard[^1]).Values.All);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_delivery_and_with_other_words_or_opened_anew_another()
    {
        var prompt = await PromptAsync();
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await _ada.PressAsync(_ada.Chat, prompt, "My time zone");
        var form = prompt.CardFor(_ada.User)!;

        var first = await SendAsync(form, "Europe/Lisbon");
        var doubled = await SendAsync(form, "Europe/Lisbon");
        var other = await SendAsync(form, "Europe/Berlin");
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await DeliverPressAsync(ChooseTimeZone.Action, "mine", prompt.Id);
        var anew = await SendAsync(prompt.CardFor(_ada.User)!, "Europe/Lisbon");

        Assert.Equal(first, doubled);
        Assert.Equal(3, new[] { first, other, anew }.Distinct().Count());

        async Task<DeliveryId> SendAsync(JsonObject shown, string zone)
        {
            _bot.Reply(new Reply.Silence());
            prompt.Show(_ada.User, shown);
            await _ada.PressAsync(_ada.Chat, prompt, "Save", new Dictionary<string, string> { ["zone"] = zone });
            return _bot.Heard[^1].Delivery;
        }
    }

    [Fact]
    public async Task In_a_channel_a_whisper_goes_to_the_personal_chat_and_a_replaced_card_to_whoever_pressed()
    {
        var (channel, message) = await PostedInChannelAsync();
        _bot.Reply(new Reply.Whisper(_bot.Words("For you alone.")));
        var whispered = await _ada.PressAsync(channel, message, "Not this week");
        _bot.Reply(new Reply.ReplaceCard(_bot.Words("Another card.")));

        var replaced = await _ada.PressAsync(channel, message, "Not this week");

        Assert.Equal("The answer is in our own chat.", (string?)whispered.Body!["value"]);
        Assert.Equal("For you alone.", _ada.Chat.Last.Summary);
        Assert.Equal(Card, (string?)replaced.Body!["type"]);
        Assert.Equal(0, message.Edits);
    }

    [Fact]
    public async Task In_a_channel_who_cannot_be_written_to_is_told_so()
    {
        var (channel, message) = await PostedInChannelAsync();
        _ada.Chat.Refuses = "ConversationBlockedByUser";
        _bot.Reply(new Reply.Whisper(_bot.Words("For you alone.")));

        var answer = await _ada.PressAsync(channel, message, "Not this week");

        Assert.Contains("I cannot write to you", (string?)answer.Body!["value"]);
    }

    [Fact]
    public async Task A_product_that_takes_long_is_answered_for_and_its_reply_follows()
    {
        var prompt = await PromptAsync();
        var work = new TaskCompletionSource<Reply>();
        _bot.Replies = _ => work.Task;
        var pressing = _bot.As(_ada.User, _bot.Impatient).PressAsync(_ada.Chat, prompt, "Not this week");
        await _bot.Clock.BotWaits;

        _bot.Clock.MoveOn(TimeSpan.FromSeconds(4));
        var answer = await pressing;
        work.SetResult(new Reply.ReplaceCard(_bot.Words("Done at last.")));
        await _bot.SettleAsync();

        Assert.Equal((200, Line), (answer.Status, (string?)answer.Body!["type"]));
        Assert.Contains("takes longer than usual", (string?)answer.Body["value"]);
        Assert.Equal("Done at last.", prompt.Summary);
    }

    [Fact]
    public async Task A_refresh_asks_nobody_and_changes_nothing()
    {
        var prompt = await PromptAsync();
        var before = _bot.Heard.Count;

        var answer = await DeliverPressAsync(DeclineCheckIn.Action, "round-1", prompt.Id, "automatic");

        Assert.Equal((200, Line), (answer.Status, (string?)answer.Body!["type"]));
        Assert.Equal((before, 0), (_bot.Heard.Count, prompt.Edits));
    }

    [Theory]
    [InlineData("{}", "BadRequest")]
    [InlineData("{\"action\":7}", "BadRequest")]
    [InlineData("{\"action\":{\"type\":\"Action.Submit\",\"data\":{}}}", "NotSupported")]
    [InlineData("{\"action\":{\"type\":\"Action.Execute\",\"verb\":\"checkin\",\"data\":\"x\"}}", "BadRequest")]
    [InlineData("{\"action\":{\"type\":\"Action.Execute\",\"verb\":\"checkin\",\"data\":{\"_ap\":7}}}", "BadRequest")]
    [InlineData("{\"action\":{\"type\":\"Action.Execute\",\"data\":{\"_ap\":\"x\"}}}", "BadRequest")]
    public async Task What_is_no_press_is_an_error_in_an_answer_of_200(string value, string code)
    {
        var invoke = _ada.Activity(_ada.Chat, "invoke");
        (invoke["name"], invoke["value"]) = ("adaptiveCard/action", JsonNode.Parse(value));

        var answer = await _ada.DeliverAsync(invoke);

        Assert.Equal((200, 400, code), (answer.Status, (int)answer.Body!["statusCode"]!, (string?)answer.Body["value"]!["code"]));
        Assert.Empty(_bot.Heard);
    }

    [Fact]
    public async Task A_button_of_an_earlier_release_says_so()
    {
        var answer = await DeliverPressAsync("no.such.button", "x", "1");

        Assert.Equal(Line, (string?)answer.Body!["type"]);
        Assert.Empty(_bot.Heard);
    }

    [Theory]
    [InlineData("not sealed by us")]
    [InlineData("")]
    [InlineData("of somebody else")]
    public async Task A_form_whose_seal_is_forged_is_about_where_it_was_sent_and_changes_no_message(string seal)
    {
        var (channel, digest) = await PostedInChannelAsync();
        var from = seal == "of somebody else" ? await SealOfAsync("Ben") : seal;
        _bot.Reply(new Reply.Whisper(_bot.Words("Saved.")));
        var invoke = _ada.Activity(channel, "invoke", digest.ThreadId);
        invoke["name"] = "adaptiveCard/action";
        invoke["replyToId"] = digest.Id;
        invoke["value"] = new JsonObject
        {
            ["action"] = new JsonObject
            {
                ["type"] = "Action.Execute", ["verb"] = "timezone", ["data"] = new JsonObject { ["_ap"] = new JsonObject { ["verb"] = "timezone", ["key"] = "mine", ["from"] = from } },
            },
        };

        await _ada.DeliverAsync(invoke);

        var sent = Assert.IsType<FormSubmitted>(_bot.Heard[^1]);
        Assert.Equal((channel.Id, null), (sent.In!.Id, sent.On));
        Assert.Equal(0, digest.Edits);
    }

    [Fact]
    public async Task A_submit_outside_of_a_dialog_is_answered_like_words()
    {
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        var submit = _ada.Activity(_ada.Chat, "message");
        submit["value"] = new JsonObject { ["_ap"] = new JsonObject { ["verb"] = ChooseTimeZone.Action, ["key"] = "mine" } };

        var answer = await _ada.DeliverAsync(submit);

        Assert.Equal(202, answer.Status);
        Assert.Equal(ChooseTimeZone.Action, _bot.Only<CardAction>().Action.Name);
        Assert.Contains("My time zone", _ada.Chat.Last.Card!.ToJsonString());
    }

    private async Task<TeamsMessage> PromptAsync()
    {
        _bot.Reply(new Reply.Whisper(Prompt()));
        await _ada.SayAsync("checkin");
        _bot.Reply(new Reply.Silence());
        return _ada.Chat.Last;
    }

    private Card Prompt() => _bot.Cards.Fill(new CheckInPromptCard("round-1", "Churn predictor", "week of 16 November", "Thursday", false, "Berlin"));

    private async Task<(TeamsConversation Channel, TeamsMessage Message)> PostedInChannelAsync()
    {
        var channel = _bot.Channel(_ada.User);
        await _ada.SayAsync("hello", channel);
        await _bot.Platform.PostAsync(
            new WorkspaceRef(TeamsPlatform.PlatformName, _bot.Cloud.Tenant.Id), new Destination.ToConversation(new Conversation(channel.Id, ConversationKind.Channel), null), Prompt(), "key", CancellationToken.None);
        return (channel, channel.Last);
    }

    private async Task<string> SealOfAsync(string name)
    {
        var other = _bot.As(_bot.Person(name));
        other.Chat.HasBot = true;
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await other.SayAsync("timezone");
        return (string)other.Chat.Last.Card!["actions"]![0]!["data"]!["_ap"]!["from"]!;
    }

    private async Task<BotAnswer> DeliverPressAsync(string verb, string key, string messageId, string trigger = "manual")
    {
        var invoke = _ada.Activity(_ada.Chat, "invoke");
        invoke["name"] = "adaptiveCard/action";
        invoke["replyToId"] = messageId;
        invoke["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = new JsonObject { ["_ap"] = key } }, ["trigger"] = trigger };
        var answer = await _ada.DeliverAsync(invoke);
        if ((string?)answer.Body?["type"] == Card && _ada.Chat.Messages.FirstOrDefault(m => m.Id == messageId) is { } message)
        {
            message.Show(_ada.User, (JsonObject)answer.Body["value"]!.DeepClone());
        }

        return answer;
    }
}
