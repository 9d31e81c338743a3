using System.Net;
using Bot.Chat;
using Bot.Web.Playground;

namespace Bot.Web.Tests.Playground;

public sealed class TalkTests
{
    [Fact]
    public async Task Typed_text_is_a_message_of_that_person_and_shown_as_text()
    {
        await using var host = await PlaygroundHost.StartAsync();

        await host.PostAsync("/say", "layla", "portfolio", ("text", "<script>alert('مرحبا')</script> *not bold*"));

        var page = await host.PageAsync("dana", "portfolio");
        Assert.Contains("&lt;script&gt;", page);
        Assert.Contains("*not bold*", page);
        Assert.Contains("ليلى حداد", WebUtility.HtmlDecode(page));
        Assert.DoesNotContain(host.Heard, e => e is CommandTyped);
    }

    [Fact]
    public async Task A_text_of_ten_thousand_characters_is_kept_whole()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var text = string.Concat(Enumerable.Repeat("0123456789", 1000));

        await host.PostAsync("/say", "dana", "portfolio", ("text", text));

        Assert.Contains(text, await host.PageAsync("lee", "portfolio"));
    }

    [Theory]
    [InlineData("/pilot status churn", "status churn")]
    [InlineData("/pilot", "")]
    [InlineData("/PILOT  help ", "help")]
    public async Task A_command_goes_to_the_bot_and_is_no_message(string typed, string heard)
    {
        await using var host = await PlaygroundHost.StartAsync();

        await host.PostAsync("/say", "dana", "portfolio", ("text", typed));

        var command = Assert.Single(host.Heard.OfType<CommandTyped>());
        Assert.Equal((heard, "dana", "portfolio"), (command.Text, command.By?.Id, command.In?.Id));
        await using var store = host.Store();
        Assert.Empty(store.Messages);
    }

    [Fact]
    public async Task In_the_chat_with_the_bot_plain_words_are_a_command_too()
    {
        await using var host = await PlaygroundHost.StartAsync();

        await host.PostAsync("/say", "dana", "dm-dana", ("text", "status"));

        var command = Assert.Single(host.Heard.OfType<CommandTyped>());
        Assert.Equal(("status", ConversationKind.Personal), (command.Text, command.In?.Kind));
        Assert.Contains("status</p>", await host.PageAsync("dana", "dm-dana"));
    }

    [Fact]
    public async Task A_whisper_is_seen_by_its_person_alone_until_they_dismiss_it()
    {
        await using var host = await PlaygroundHost.StartAsync();
        host.Answers = _ => new Reply.Whisper(PlaygroundHost.TextCard("for you alone"));
        await host.PostAsync("/say", "dana", "portfolio", ("text", "/pilot status"));

        var (hers, his) = (await host.PageAsync("dana", "portfolio"), await host.PageAsync("lee", "portfolio"));
        var his404 = await host.PostAsync("/messages/1/dismiss", "lee", "portfolio");
        var hisPress = await host.PostAsync("/messages/1/press", "lee", "portfolio", ("pg.press", "answer|round|7"));
        await host.PostAsync("/messages/1/dismiss", "dana", "portfolio");
        var after = await host.PageAsync("dana", "portfolio");

        Assert.Contains("for you alone", hers);
        Assert.Contains("Only you can see this", hers);
        Assert.DoesNotContain("for you alone", his);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (his404.StatusCode, hisPress.StatusCode));
        Assert.DoesNotContain("for you alone", after);
    }

    [Fact]
    public async Task What_others_said_is_unread_until_the_conversation_is_opened()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await host.PostAsync("/say", "lee", "portfolio", ("text", "one"));
        await host.PostAsync("/say", "lee", "portfolio", ("text", "two"));

        var before = await host.PageAsync("dana", "ticket-triage");
        await host.PageAsync("dana", "portfolio");
        var after = await host.PageAsync("dana", "ticket-triage");

        Assert.Contains("<title>(2) ", before);
        Assert.DoesNotContain("<title>(", after);
        Assert.DoesNotContain("<title>(", await host.PageAsync("lee", "ticket-triage"));
    }

    [Fact]
    public async Task A_pressed_button_tells_which_card_and_what_it_is_about_and_the_card_is_replaced_for_everybody()
    {
        await using var host = await PlaygroundHost.StartAsync();
        host.Answers = _ => new Reply.ReplaceCard(PlaygroundHost.TextCard("answered"));
        await host.Platform.PostAsync(PlaygroundPlatform.Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("open"), "key", default);
        var button = CardHtml.Tags(await host.PageAsync("lee", "portfolio")).Single(t => t.Attributes.GetValueOrDefault("name") == "pg.press");

        await host.PostAsync("/messages/1/press", "lee", "portfolio", ("pg.press", button.Attributes["value"]));

        var pressed = Assert.Single(host.Heard.OfType<CardAction>());
        Assert.Equal((new ActionRef("answer", "round|7"), new MessageRef("portfolio", "1")), (pressed.Action, pressed.On));
        Assert.Contains("answered", await host.PageAsync("dana", "portfolio"));
    }

    [Fact]
    public async Task A_button_on_a_whisper_replaces_that_whisper_which_the_product_cannot_name()
    {
        await using var host = await PlaygroundHost.StartAsync();
        host.Answers = e => e is CardAction ? new Reply.ReplaceCard(PlaygroundHost.TextCard("second")) : new Reply.Whisper(PlaygroundHost.TextCard("first"));
        await host.PostAsync("/say", "dana", "portfolio", ("text", "/pilot status"));

        await host.PostAsync("/messages/1/press", "dana", "portfolio", ("pg.press", "answer|round|7"));

        Assert.Null(Assert.Single(host.Heard.OfType<CardAction>()).On);
        await using var store = host.Store();
        var whisper = Assert.Single(store.Messages);
        Assert.Equal(("second", "dana"), (whisper.Text, whisper.VisibleTo));
    }

    [Fact]
    public async Task A_whisper_to_a_press_inside_a_thread_lands_in_the_thread()
    {
        await using var host = await PlaygroundHost.StartAsync();
        host.Answers = _ => new Reply.Whisper(PlaygroundHost.TextCard("aside"));
        await host.Platform.PostAsync(PlaygroundPlatform.Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("root"), "key", default);

        await host.PostAsync("/messages/1/press", "dana", "portfolio", ("pg.thread", "1"), ("pg.pane", "thread"), ("pg.press", "answer|x"));

        await using var store = host.Store();
        Assert.Equal(1, store.Messages.Single(m => m.VisibleTo == "dana").ThreadId);
    }

    [Fact]
    public async Task A_new_person_and_a_new_channel_are_told_to_the_product()
    {
        await using var host = await PlaygroundHost.StartAsync();
        host.Heard.Clear();

        await host.PostAsync("/people", "dana", "portfolio", ("name", "Søren 🚲"), ("zone", "Europe/Copenhagen"));
        await host.PostAsync("/channels", "dana", "portfolio", ("name", "#Lead scoring"));

        var last = host.Heard.OfType<MembersChanged>().Single(e => e.In?.Name == "lead-scoring");
        Assert.Equal(7, last.Joined.Count);
        Assert.Contains(last.Joined, p => p is { Name: "Søren 🚲", TimeZone: "Europe/Copenhagen", IsAdmin: false });
        Assert.Contains(host.Heard.OfType<BotAdded>(), e => e.In?.Name == "lead-scoring");
    }

    [Theory]
    [InlineData("/people", "name", "", "A name has 1 to 80 characters.")]
    [InlineData("/people", "zone", "Mars/Olympus", "A time zone has an IANA name")]
    [InlineData("/channels", "name", "portfolio", "There is a channel #portfolio already.")]
    [InlineData("/channels", "name", "a/b", "letters, digits, dashes")]
    public async Task What_cannot_be_added_is_said_at_the_field_and_kept(string path, string field, string value, string error)
    {
        await using var host = await PlaygroundHost.StartAsync();

        var answer = await host.PostAsync(path, "dana", "portfolio", (field, value));

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(error, page);
        Assert.Contains(CardHtml.Tags(page), t => t.Attributes.GetValueOrDefault("aria-describedby") == $"new-{field}-error");
        Assert.Contains($"value=\"{value}\"", page);
    }

    [Fact]
    public async Task The_sample_is_loaded_and_removed_on_request()
    {
        await using var host = await PlaygroundHost.StartAsync();

        await host.PostAsync("/sample", "dana", "portfolio", ("do", "load"));
        await host.PostAsync("/sample", "dana", "portfolio", ("do", "remove"));

        Assert.Equal(["loaded", "removed"], host.Samples);
    }

    [Fact]
    public async Task Commands_are_offered_with_their_arguments_and_what_they_do()
    {
        await using var host = await PlaygroundHost.StartAsync();

        var page = CardHtml.Words(await host.PageAsync("dana", "portfolio"));

        Assert.Contains("/pilot status [initiative]", page);
        Assert.Contains("says how it stands", page);
    }

    [Fact]
    public async Task Times_are_said_in_the_viewers_zone()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await host.PostAsync("/say", "dana", "portfolio", ("text", "now"));

        Assert.Contains("Wed 18 Nov, 14:30 (Asia/Kolkata)", await host.PageAsync("priya", "portfolio"));
        Assert.Contains("Wed 18 Nov, 04:00 (America/New_York)", await host.PageAsync("lee", "portfolio"));
    }

    [Fact]
    public async Task A_long_conversation_shows_its_latest_part_and_leads_to_the_earlier_one()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await using (var store = host.Store())
        {
            store.Messages.AddRange(Enumerable.Range(1, 130).Select(n => new Bot.Web.Playground.Store.PlaygroundMessage
            {
                ConversationId = "portfolio", FromId = "lee", Text = $"number {n}.", PostedAt = StoppedClock.Start,
            }));
            await store.SaveChangesAsync();
        }

        var latest = await host.PageAsync("dana", "portfolio");
        var earlier = WebUtility.HtmlDecode(latest).Split("class=\"earlier\"")[1].Split("href=\"")[1].Split('"')[0];
        var before = await host.Browser.GetStringAsync(earlier);

        Assert.Contains("number 31.", latest);
        Assert.DoesNotContain("number 30.", latest);
        Assert.Contains("number 30.", before);
        Assert.DoesNotContain("class=\"earlier\"", before);
    }
}
