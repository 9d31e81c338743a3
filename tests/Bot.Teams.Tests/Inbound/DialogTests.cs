using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.CheckIns;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Inbound;

// Dialogs, from a channel: opened with the form, sent with faults and again, each reply to it; a card in it with a button; slow work; what is not ours.
public sealed class DialogTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Lisbon = new() { ["zone"] = "Europe/Lisbon" };
    private ListeningBot _bot = null!;
    private TeamsClient _ada = null!;
    private TeamsConversation _channel = null!;
    private TeamsMessage _message = null!;

    public async Task InitializeAsync()
    {
        _bot = await ListeningBot.StartAsync();
        _ada = _bot.As(_bot.Person());
        _ada.Chat.HasBot = true;
        _channel = _bot.Channel(_ada.User);
        await _ada.SayAsync("hello", _channel);
        await _bot.Platform.PostAsync(
            new WorkspaceRef(TeamsPlatform.PlatformName, _bot.Cloud.Tenant.Id), new Destination.ToConversation(new Conversation(_channel.Id, ConversationKind.Channel), null),
            _bot.Cards.Fill(new CheckInPromptCard("round-1", "Churn predictor", "week of 16 November", "Thursday", false, "Berlin")), "key", CancellationToken.None);
        _message = _channel.Last;
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_button_that_opens_a_form_opens_it_as_a_dialog()
    {
        var dialog = await OpenAsync();

        var pressed = Assert.IsType<CardAction>(_bot.Heard[^1]);
        Assert.Equal((new ActionRef(ChooseTimeZone.Action, "mine"), _message.Id), (pressed.Action, pressed.On!.MessageId));
        Assert.Equal((200, "continue", "Time zone"), (dialog.Status, Type(dialog), (string?)dialog.Body!["task"]!["value"]!["title"]));
        Assert.Equal(0, _message.Edits);
    }

    [Fact]
    public async Task A_sent_form_tells_where_it_was_opened_though_teams_leaves_it_out()
    {
        var dialog = await OpenAsync();
        _bot.Reply(new Reply.Silence());

        var closed = await _ada.SubmitAsync(_channel, null, dialog, "Save", Lisbon);

        var sent = Assert.IsType<FormSubmitted>(_bot.Heard[^1]);
        Assert.Equal((new ActionRef("timezone", "mine"), _channel.Id, _message.Id), (sent.Form, sent.In!.Id, sent.On!.MessageId));
        Assert.Equal("Europe/Lisbon", Assert.Single(sent.Values.All).Value);
        Assert.Equal((200, null), (closed.Status, closed.Body));
    }

    [Fact]
    public async Task Faults_are_shown_in_the_dialog_with_what_was_typed()
    {
        var dialog = await OpenAsync();
        _bot.Reply(new Reply.FieldErrors(_bot.Form(typed: "Lisboa"), new Dictionary<string, string> { ["zone"] = "This is not a time zone." }));

        var again = await _ada.SubmitAsync(_channel, null, dialog, "Save", new Dictionary<string, string> { ["zone"] = "Lisboa" });
        _bot.Reply(new Reply.Silence());
        await _ada.SubmitAsync(_channel, null, again, "Save", Lisbon);

        Assert.Equal("continue", Type(again));
        Assert.Contains("This is not a time zone.", again.Body!.ToJsonString());
        Assert.Contains("Lisboa", again.Body.ToJsonString());
        Assert.Equal(_message.Id, Assert.IsType<FormSubmitted>(_bot.Heard[^1]).On!.MessageId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_came_of_a_form_is_shown_to_its_sender_and_the_channel_is_left_to_the_product(bool replaces)
    {
        var dialog = await OpenAsync();
        _bot.Reply(replaces ? new Reply.ReplaceCard(_bot.Words("Saved.")) : new Reply.Whisper(_bot.Words("Saved.")));

        var shown = await _ada.SubmitAsync(_channel, null, dialog, "Save", Lisbon);

        Assert.Equal("continue", Type(shown));
        Assert.Contains("Saved.", shown.Body!.ToJsonString());
        Assert.Equal((0, 1), (_message.Edits, _channel.Messages.Count));
        Assert.Empty(_ada.Chat.Messages);
    }

    [Fact]
    public async Task A_button_of_a_card_in_a_dialog_can_open_the_form_again()
    {
        var dialog = await OpenAsync();
        _bot.Reply(new Reply.Whisper(_bot.Cards.Fill(new CheckInDeclinedCard("round-1", "Churn predictor", "week of 16 November"))));
        var shown = await _ada.SubmitAsync(_channel, null, dialog, "Save", Lisbon);
        _bot.Reply(new Reply.OpenForm(_bot.Form()));

        var again = await _ada.SubmitAsync(_channel, null, shown, OpenCheckInTitle(shown));

        Assert.Equal(OpenCheckIn.Action, Assert.IsType<CardAction>(_bot.Heard[^1]).Action.Name);
        Assert.Equal("Time zone", (string?)again.Body!["task"]!["value"]!["title"]);
    }

    [Fact]
    public async Task Work_that_takes_long_is_answered_for_and_its_reply_comes_in_the_personal_chat()
    {
        var dialog = await OpenAsync();
        var work = new TaskCompletionSource<Reply>();
        _bot.Replies = _ => work.Task;
        var sending = _bot.As(_ada.User, _bot.Impatient).SubmitAsync(_channel, null, dialog, "Save", Lisbon);
        await _bot.Clock.BotWaits;

        _bot.Clock.MoveOn(TimeSpan.FromSeconds(4));
        var answer = await sending;
        work.SetResult(new Reply.Whisper(_bot.Words("Saved at last.")));
        await _bot.SettleAsync();

        Assert.Equal("message", Type(answer));
        Assert.Equal("Saved at last.", Assert.Single(_ada.Chat.Messages).Summary);
    }

    [Theory]
    [InlineData("task/fetch", "{}")]
    [InlineData("task/fetch", "{\"data\":{\"_ap\":{\"verb\":\"no.such\",\"key\":\"x\"}}}")]
    [InlineData("task/submit", "{\"data\":\"x\"}")]
    [InlineData("task/submit", "{\"data\":{\"_ap\":\"mine\"}}")]
    public async Task What_is_not_ours_is_said_to_do_nothing(string name, string value)
    {
        var before = _bot.Heard.Count;
        var invoke = _ada.Activity(_channel, "invoke");
        (invoke["name"], invoke["value"]) = (name, JsonNode.Parse(value));

        var answer = await _ada.DeliverAsync(invoke);

        Assert.Equal((200, "message", before), (answer.Status, Type(answer), _bot.Heard.Count));
    }

    private Task<BotAnswer> OpenAsync()
    {
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        return _ada.PressAsync(_channel, _message, "My time zone");
    }

    private static string? Type(BotAnswer answer) => (string?)answer.Body?["task"]?["type"];

    private static string OpenCheckInTitle(BotAnswer dialog) => (string)dialog.Body!["task"]!["value"]!["card"]!["content"]!["actions"]![0]!["title"]!;
}
