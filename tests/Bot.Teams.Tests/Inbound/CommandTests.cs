using System.Text.Json.Nodes;
using Bot.Chat;
using FakeTeams.Connector;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Inbound;

// Answers to typed words: in the personal chat; in a channel (to the personal chat, with a line in the thread); who cannot be written to; a form; nothing to say;
// names with markup; targeted messages, and targeted messages that Teams refuses.
public sealed class CommandTests : IAsyncLifetime
{
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
    public async Task In_the_personal_chat_the_answer_follows()
    {
        _bot.Reply(new Reply.Whisper(_bot.Words("All is quiet.")));

        var answer = await _ada.SayAsync("status");

        Assert.Equal((202, null), (answer.Status, answer.Body));
        Assert.Equal("All is quiet.", Assert.Single(_ada.Chat.Messages).Summary);
    }

    [Fact]
    public async Task In_a_channel_the_answer_goes_to_the_asker_and_the_thread_gets_a_line_without_it()
    {
        var channel = _bot.Channel(_ada.User);
        _bot.Reply(new Reply.Whisper(_bot.Words("Performance 3.6 of 5.")));

        await _ada.SayAsync("status", channel);

        Assert.Equal("Performance 3.6 of 5.", Assert.Single(_ada.Chat.Messages).Summary);
        var line = Assert.Single(channel.Messages);
        Assert.Equal("<at>Ada Byron</at> I have answered in our own chat.", line.Text);
        Assert.Null(line.Card);
        Assert.Equal(_ada.User.Id, (string?)line.Activity["entities"]![0]!["mentioned"]!["id"]);
        Assert.NotEqual(line.Id, line.ThreadId);
    }

    [Fact]
    public async Task Nothing_to_say_is_nothing_said()
    {
        var channel = _bot.Channel(_ada.User);

        await _ada.SayAsync("loop", channel);

        Assert.Empty(channel.Messages);
        Assert.Empty(_ada.Chat.Messages);
    }

    [Fact]
    public async Task A_form_asked_for_in_a_channel_comes_in_the_personal_chat_and_is_about_the_channel()
    {
        var channel = _bot.Channel(_ada.User);
        _bot.Reply(new Reply.OpenForm(_bot.Form()));
        await _ada.SayAsync("timezone", channel);
        _bot.Reply(new Reply.Whisper(_bot.Words("Saved.")));

        await _ada.PressAsync(_ada.Chat, _ada.Chat.Last, "Save", new Dictionary<string, string> { ["zone"] = "Europe/Lisbon" });

        Assert.Contains("The form is in our own chat.", Assert.Single(channel.Messages).Text);
        var sent = Assert.IsType<FormSubmitted>(_bot.Heard[^1]);
        Assert.Equal((channel.Id, ConversationKind.Channel, null), (sent.In!.Id, sent.In.Kind, sent.On));
        Assert.Equal("Europe/Lisbon", sent.Values["zone"]);
    }

    [Fact]
    public async Task Who_cannot_be_written_to_is_told_so_in_the_thread_and_nobody_reads_the_answer()
    {
        var channel = _bot.Channel(_ada.User);
        _ada.Chat.Refuses = "ConversationBlockedByUser";
        _bot.Reply(new Reply.Whisper(_bot.Words("A secret.")));

        await _ada.SayAsync("status", channel);

        Assert.Contains("I cannot write to you", Assert.Single(channel.Messages).Text);
        Assert.DoesNotContain(channel.Messages, m => m.Activity.ToJsonString().Contains("secret"));
    }

    [Fact]
    public async Task A_name_is_no_markup()
    {
        var eve = _bot.As(_bot.Person("Eve </at><b>& all"));
        var channel = _bot.Channel(eve.User);
        eve.Chat.HasBot = true;
        _bot.Reply(new Reply.Whisper(_bot.Words("Yes.")));

        await eve.SayAsync("status", channel);

        Assert.StartsWith("<at>Eve &lt;/at&gt;&lt;b&gt;&amp; all</at> ", Assert.Single(channel.Messages).Text);
    }

    [Fact]
    public async Task With_targeted_messages_the_answer_stands_in_the_channel_for_the_asker_alone()
    {
        await using var bot = await ListeningBot.StartAsync(options => options with { TargetedMessages = true });
        var ada = bot.As(bot.Person());
        var channel = bot.Channel(ada.User);
        bot.Reply(new Reply.Whisper(bot.Words("Performance 3.6 of 5.")));

        await ada.SayAsync("status", channel);

        var message = Assert.Single(channel.Messages);
        Assert.Equal((ada.User.Id, "Performance 3.6 of 5."), (message.OnlyFor, message.Summary));
        Assert.Empty(ada.Chat.Messages);
    }

    [Fact]
    public async Task A_slash_command_whose_targeted_answer_is_refused_is_answered_in_the_personal_chat_and_nobody_else_learns_of_it()
    {
        await using var bot = await ListeningBot.StartAsync(options => options with { TargetedMessages = true });
        var ada = bot.As(bot.Person());
        ada.Chat.HasBot = true;
        var channel = bot.Channel(ada.User);
        bot.Reply(new Reply.Whisper(bot.Words("Performance 3.6 of 5.")));
        bot.Cloud.Connector.Break(new Fault(403, "NotEnoughPermissions"));
        var typed = ada.Activity(channel, "message");
        typed["text"] = "status";
        typed["recipient"]!["isTargeted"] = true;

        await ada.DeliverAsync(typed);

        Assert.Equal("Performance 3.6 of 5.", Assert.Single(ada.Chat.Messages).Summary);
        Assert.All(channel.Messages, m => Assert.Equal(ada.User.Id, m.OnlyFor));
    }
}
