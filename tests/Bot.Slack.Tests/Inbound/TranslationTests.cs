using Bot.Chat;
using FakeSlack.World;
using Channel = FakeSlack.World.Channel;

namespace Bot.Slack.Tests.Inbound;

// What people do in Slack as the product hears it: commands and their marks, words in the bot's chat and by mention, buttons, forms sent and closed, the
// shortcut; channels joined, left, renamed, archived; bots and the bot's own words are not people. And where each answer goes.
public sealed class TranslationTests : IAsyncLifetime
{
    private Adapter _adapter = null!;

    private FakeSlack.People.Person Ana => _adapter.Slack.As("U00000ANA");

    private Channel Team => _adapter.Slack.Workspace.FindChannel("#team")!;

    public async Task InitializeAsync() => _adapter = await Adapter.StartAsync();

    public async Task DisposeAsync()
    {
        var complaints = _adapter.Slack.Complaints;
        await _adapter.DisposeAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_command_names_who_where_and_what_and_its_answer_is_in_the_acknowledgement()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Whisper("All is well."));

        var delivery = await Ana.TypeAsync("#team", "/pilot status <Churn> & more");

        var typed = _adapter.Product.Single<CommandTyped>();
        Assert.Equal(new WorkspaceRef(new PlatformName("slack"), "T000000001", "pilots"), typed.Workspace);
        Assert.Equal(new ChatPerson("U00000ANA", "ana", "Europe/Berlin", true), typed.By);
        Assert.Equal(new Conversation("C0000TEAM", ConversationKind.Channel, "team"), typed.In);
        Assert.Equal("status <Churn> & more", typed.Text);
        Assert.Contains("All is well.", (string?)delivery.Answer!["text"]);
        await Ana.SeesAsync("#team", "All is well.");
    }

    [Theory]
    [InlineData("status &lt;b&gt; &amp;amp;", "status <b> &amp;")]
    [InlineData("portfolio <#C0000TEAM|team>", "portfolio C0000TEAM")]
    [InlineData("portfolio <#G00000001|>", "portfolio G00000001")]
    [InlineData("people <@U00000BEN|ben> <@U00000BEN>", "people @ben @U00000BEN")]
    [InlineData("status <https://x.test/?a=1&amp;b=2|x.test>", "status x.test")]
    [InlineData("status <!channel> <!subteam^S1|@all>", "status channel @all")]
    public void Marks_become_what_they_stand_for(string typed, string heard) => Assert.Equal(heard, Slack.Inbound.SlackText.Plain(typed));

    [Fact]
    public async Task A_command_in_the_bots_own_chat_is_personal_and_one_in_a_private_channel_has_no_name()
    {
        var team = _adapter.Slack.Workspace.AddChannel("G0000PRIV", "secret", ["U00000ANA"], ChannelKind.Private);

        await Ana.TypeAsync(FakeSlack.People.Person.App, "/pilot help");
        await Ana.TypeAsync(team.Id, "/pilot help");

        Assert.Equal([ConversationKind.Personal, ConversationKind.Channel], _adapter.Product.Heard.Select(heard => heard.In!.Kind));
        Assert.All(_adapter.Product.Heard, heard => Assert.Null(heard.In!.Name));
        await Ana.SeesAsync(team.Id, "not in this channel");
    }

    [Fact]
    public async Task Words_in_the_bots_chat_are_a_command_and_answered_there()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Whisper("All is well."));

        await Ana.SayAsync(FakeSlack.People.Person.App, "/pilot status");

        Assert.Equal("status", _adapter.Product.Single<CommandTyped>().Text);
        await Ana.SeesAsync(FakeSlack.People.Person.App, "All is well.");
        await _adapter.Slack.EventsArrivedAsync();
        _adapter.Product.Single<CommandTyped>();
    }

    [Fact]
    public async Task A_mention_is_a_command_and_only_the_asker_sees_the_answer_in_the_thread_it_was_asked_in()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Whisper("All is well."));
        await _adapter.Slack.InviteAppAsync(Team, "U00000ANA");

        await Ana.SayAsync("#team", "@afterpilot status", threadTs: "1763884800.000100");

        var answer = await Ana.SeesAsync("#team", "All is well.");
        Assert.Equal("U00000ANA", answer.OnlyFor);
        Assert.Equal("1763884800.000100", answer.ThreadTs);
        Assert.Equal("status", _adapter.Product.Heard.OfType<CommandTyped>().Single().Text);
    }

    [Fact]
    public async Task Words_that_would_open_a_window_say_how_to_open_it()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(new Reply.OpenForm(Replies.Form()));

        await Ana.SayAsync(FakeSlack.People.Person.App, "new");

        await Ana.SeesAsync(FakeSlack.People.Person.App, "/pilot");
        Assert.Null(Ana.Window);
    }

    [Theory]
    [InlineData("message_changed", null)]
    [InlineData("message_deleted", null)]
    [InlineData("bot_message", null)]
    [InlineData(null, "B0OTHER")]
    public async Task Messages_of_bots_and_changes_of_messages_are_not_words_to_the_bot(string? subtype, string? botId)
    {
        using var answer = await _adapter.PostAsync($$"""
            {"type":"event_callback","team_id":"T000000001","event_id":"EvX","event":{"type":"message","channel_type":"im","channel":"D1","user":"U00000ANA","text":"help"
            {{(subtype is null ? "" : $",\"subtype\":\"{subtype}\"")}}{{(botId is null ? "" : $",\"bot_id\":\"{botId}\"")}} } }
            """);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Empty(_adapter.Product.Heard);
    }

    [Fact]
    public async Task A_pressed_button_names_its_card_and_the_card_becomes_the_reply()
    {
        var card = await PostCardAsync();
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Replace("Pressed."));

        await Ana.PressAsync(card, "Press");

        var pressed = _adapter.Product.Heard.OfType<CardAction>().Single();
        Assert.Equal(new ActionRef("press", "k1"), pressed.Action);
        Assert.Equal(new MessageRef("C0000TEAM", card.Ts), pressed.On);
        Assert.Equal(new Conversation("C0000TEAM", ConversationKind.Channel, "team"), pressed.In);
        await Ana.SeesAsync("#team", "Pressed.");
        Assert.Single(Ana.Messages("#team"));
    }

    [Fact]
    public async Task A_card_only_the_asker_sees_has_no_name_and_is_replaced_by_its_answer_address()
    {
        _adapter.Product.Answers = inbound => Task.FromResult<Reply>(inbound is CommandTyped ? new Reply.Whisper(Replies.Pressable()) : Replies.Replace("Pressed."));
        await Ana.TypeAsync("#team", "/pilot");

        await Ana.PressAsync(await Ana.SeesAsync("#team", "A card"), "Press");

        Assert.Null(_adapter.Product.Heard.OfType<CardAction>().Single().On);
        Assert.Equal("U00000ANA", (await Ana.SeesAsync("#team", "Pressed.")).OnlyFor);
    }

    [Fact]
    public async Task A_form_opens_from_a_command_errors_stand_at_their_fields_and_a_good_one_closes()
    {
        _adapter.Product.Answers = inbound => Task.FromResult<Reply>(inbound switch
        {
            FormSubmitted sent when sent.Values["name"] != "Churn" => new Reply.FieldErrors(Replies.Form(), new Dictionary<string, string> { ["name"] = "Taken." }),
            FormSubmitted => Replies.Whisper("Saved."),
            _ => new Reply.OpenForm(Replies.Form()),
        });
        await Ana.TypeAsync("#team", "/pilot new");
        var window = await Ana.WindowAsync("A form");

        await window.FillAsync("Name", "Other");
        var refused = await window.SubmitAsync();
        await window.FillAsync("Name", "Churn");
        var taken = await window.SubmitAsync();

        Assert.Equal("Taken.", Assert.IsType<FakeSlack.People.Submission.FieldErrors>(refused).Errors["name"]);
        Assert.IsType<FakeSlack.People.Submission.Closed>(taken);
        var sent = _adapter.Product.Heard.OfType<FormSubmitted>().Last();
        Assert.Equal(new ActionRef("name-form", "k1"), sent.Form);
        Assert.Equal("C0000TEAM", sent.In!.Id);
        // The bot is not in that channel: what only she is to see goes to her own chat.
        await Ana.SeesAsync(FakeSlack.People.Person.App, "Saved.");
    }

    [Fact]
    public async Task A_form_opened_from_a_card_knows_the_card_and_its_reply_takes_the_cards_place()
    {
        var card = await PostCardAsync();
        _adapter.Product.Answers = inbound => Task.FromResult<Reply>(inbound is FormSubmitted ? Replies.Replace("Saved.") : new Reply.OpenForm(Replies.Form()));
        await Ana.PressAsync(card, "Press");
        var window = await Ana.WindowAsync();
        await window.FillAsync("Name", "Churn");

        await window.SubmitAsync();

        Assert.Equal(new MessageRef("C0000TEAM", card.Ts), _adapter.Product.Heard.OfType<FormSubmitted>().Single().On);
        Assert.Equal(card.Ts, (await Ana.SeesAsync("#team", "Saved.")).Ts);
    }

    [Fact]
    public async Task The_shortcut_opens_the_check_in_and_another_apps_shortcut_is_not_ours()
    {
        _adapter.Slack.App.Shortcuts.Add("other");
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(new Reply.OpenForm(Replies.Form()));

        await Ana.ShortcutAsync("other");
        await Ana.ShortcutAsync("answer_checkin");

        var typed = _adapter.Product.Single<CommandTyped>();
        Assert.Equal("checkin", typed.Text);
        Assert.Null(typed.In);
        await Ana.WindowAsync("A form");
    }

    [Fact]
    public async Task The_home_is_published_when_it_is_opened_and_anew_after_what_is_pressed_on_it()
    {
        var presses = 0;
        _adapter.Product.Answers = inbound => Task.FromResult<Reply>(inbound is HomeOpened ? new Reply.ReplaceCard(Replies.Pressable($"Pressed {presses}")) : Replies.Silence);
        var home = await Ana.HomeAsync();

        presses++;
        await home.PressAsync("Press");
        await home.SeesAsync("Pressed 1");

        Assert.Equal(2, _adapter.Product.Heard.OfType<HomeOpened>().Count());
    }

    [Fact]
    public async Task People_and_the_bot_come_and_go_and_other_bots_are_nobody()
    {
        var team = Team;
        var bot = _adapter.Slack.InstalledIn(team).BotUserId;
        _adapter.Slack.Workspace.AddMember("U00000CHL", "chloe", "America/New_York");
        await _adapter.Slack.InviteAppAsync(team, "U00000ANA");
        await _adapter.Slack.Membership.JoinAsync(team, "U00000CHL");
        await _adapter.Slack.Membership.LeaveAsync(team, "U00000CHL");
        await _adapter.Slack.Membership.RenameAsync(team, "crew");
        await _adapter.Slack.Membership.ArchiveAsync(team, "U00000ANA");
        await _adapter.Slack.Membership.UnarchiveAsync(team, "U00000ANA");
        await _adapter.Slack.Membership.LeaveAsync(team, bot);

        var heard = _adapter.Product.Heard;
        Assert.Equal("U00000ANA", Assert.IsType<BotAdded>(heard[0]).By!.Id);
        Assert.Equal(new ChatPerson("U00000CHL", "chloe", "America/New_York", false), Assert.Single(Assert.IsType<MembersChanged>(heard[1]).Joined));
        Assert.Equal("U00000CHL", Assert.Single(Assert.IsType<MembersChanged>(heard[2]).Left).Id);
        Assert.Equal("crew", Assert.IsType<ConversationChanged>(heard[3]).In!.Name);
        Assert.True(Assert.IsType<ConversationChanged>(heard[4]).Gone);
        Assert.IsType<BotAdded>(heard[5]);
        Assert.Equal("C0000TEAM", Assert.IsType<BotRemoved>(heard[6]).In!.Id);
        Assert.Equal(7, heard.Count);
    }

    [Fact]
    public async Task A_bot_that_joins_a_channel_is_not_asked_anything()
    {
        using var answer = await _adapter.PostAsync($$"""
            {"type":"event_callback","team_id":"T000000001","event_id":"EvB","event":{"type":"member_joined_channel","channel":"C0000TEAM","user":"UNOBODY01"} }
            """);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Empty(_adapter.Product.Heard);
    }

    private async Task<Message> PostCardAsync()
    {
        await _adapter.Slack.InviteAppAsync(Team, "U00000ANA");
        await _adapter.Get<SlackPlatform>().PostAsync(
            new WorkspaceRef(SlackPlatform.PlatformName, "T000000001"), new Destination.ToConversation(new Conversation("C0000TEAM", ConversationKind.Channel), null), Replies.Pressable(), "key",
            CancellationToken.None);
        return await Ana.SeesAsync("#team", "A card");
    }
}
