using System.Text.Json.Nodes;
using Bot.Chat;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Inbound;

// Typed words: the bot's mention gone, other people's kept as names; a namesake, names with markup, a mention without text, spaces Teams leaves; habits; who said it,
// where, in which time zone, under which conversation; the bot's own messages.
public sealed class WordsTests : IAsyncLifetime
{
    private ListeningBot _bot = null!;
    private TeamsClient _ada = null!;

    public async Task InitializeAsync()
    {
        _bot = await ListeningBot.StartAsync();
        _ada = _bot.As(_bot.Person());
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Theory]
    [InlineData("<at>Afterpilot</at> status", "status")]
    [InlineData("<AT>afterpilot</AT>&nbsp;status", "status")]
    [InlineData("  <at>Afterpilot</at>\u00a0 status  churn ", "status  churn")]
    [InlineData("status <at>Afterpilot</at>", "status")]
    [InlineData("<at>Afterpilot</at>", "")]
    [InlineData("<at>Afterpilot</at> /pilot status", "status")]
    [InlineData("@Afterpilot status", "status")]
    [InlineData("/pilotage", "/pilotage")]
    [InlineData("<at>Afterpilot</at> actions <at>Ben Day</at>", "actions @Ben Day")]
    [InlineData("<at>Afterpilot</at> actions <at>&lt;b&gt;Eve</at>", "actions @<b>Eve")]
    [InlineData("<at>Nobody</at> status", "<at>Nobody</at> status")]
    public async Task The_bots_own_mention_is_no_word_and_other_peoples_are_their_names(string text, string typed)
    {
        var activity = Said(text, ("29:ben", "Ben Day", "<at>Ben Day</at>"), ("29:eve", "<b>Eve", "<at>&lt;b&gt;Eve</at>"), (_bot.Cloud.App.BotId, "Afterpilot", "<at>Afterpilot</at>"));

        await _ada.DeliverAsync(activity);

        Assert.Equal(typed, _bot.Only<CommandTyped>().Text);
    }

    [Fact]
    public async Task A_namesake_of_the_bot_is_kept()
    {
        var activity = Said("<at>Afterpilot</at> people <at>Afterpilot</at>", (_bot.Cloud.App.BotId, "Afterpilot", "<at>Afterpilot</at>"), ("29:eve", "Afterpilot", "<at>Afterpilot</at>"));

        await _ada.DeliverAsync(activity);

        Assert.Equal("people @Afterpilot", _bot.Only<CommandTyped>().Text);
    }

    [Fact]
    public async Task A_mention_without_its_text_is_found_by_its_name()
    {
        await _ada.DeliverAsync(Said("<at>Afterpilot</at> help", (_bot.Cloud.App.BotId, "Afterpilot", null)));

        Assert.Equal("help", _bot.Only<CommandTyped>().Text);
    }

    [Fact]
    public async Task Who_said_it_and_where_is_told_as_the_tenant_knows_it()
    {
        var chloe = _bot.Person("Chloe Park", "America/New_York");

        await _bot.As(chloe).SayAsync("status");

        var heard = _bot.Only<CommandTyped>();
        Assert.Equal(new WorkspaceRef(new PlatformName("teams"), _bot.Cloud.Tenant.Id), heard.Workspace);
        Assert.Equal((chloe.AadObjectId, "Chloe Park", "America/New_York"), (heard.By!.Id, heard.By.Name, heard.By.TimeZone));
        Assert.Equal((_bot.Cloud.Tenant.PersonalChat(chloe).Id, ConversationKind.Personal), (heard.In!.Id, heard.In.Kind));
    }

    [Fact]
    public async Task A_thread_of_a_channel_is_the_channel()
    {
        var channel = _bot.Channel(_ada.User);

        await _ada.SayAsync("status", channel);

        Assert.Equal((channel.Id, ConversationKind.Channel, "General"), (_bot.Only<CommandTyped>().In!.Id, _bot.Only<CommandTyped>().In!.Kind, _bot.Only<CommandTyped>().In!.Name));
    }

    [Fact]
    public async Task A_group_chat_is_a_group()
    {
        var group = _bot.Cloud.Tenant.AddGroupChat("Pilots", _ada.User);
        group.HasBot = true;

        await _ada.SayAsync("status", group);

        Assert.Equal(ConversationKind.Group, _bot.Only<CommandTyped>().In!.Kind);
    }

    [Theory]
    [InlineData("Europe/Lisbon", "Asia/Kolkata", "Asia/Kolkata")]
    [InlineData("Europe/Lisbon", null, "Europe/Lisbon")]
    [InlineData(null, null, null)]
    public async Task A_time_zone_is_the_clients_or_else_the_messages(string? local, string? ofClient, string? zone)
    {
        var activity = Said("help");
        activity["localTimezone"] = local;
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["timezone"] = ofClient });

        await _ada.DeliverAsync(activity);

        Assert.Equal(zone, _bot.Only<CommandTyped>().By!.TimeZone);
    }

    [Fact]
    public async Task What_the_bot_said_itself_is_not_heard()
    {
        var activity = Said("status");
        activity["from"] = new JsonObject { ["id"] = _bot.Cloud.App.BotId, ["name"] = "Afterpilot" };

        var answer = await _ada.DeliverAsync(activity);

        Assert.Equal((202, 0), (answer.Status, _bot.Heard.Count));
    }

    private JsonObject Said(string text, params IEnumerable<(string Id, string Name, string? Text)> mentions)
    {
        var activity = _ada.Activity(_ada.Chat, "message");
        activity["text"] = text;
        foreach (var (id, name, said) in mentions)
        {
            var mention = new JsonObject { ["type"] = "mention", ["mentioned"] = new JsonObject { ["id"] = id, ["name"] = name } };
            if (said is not null)
            {
                mention["text"] = said;
            }

            ((JsonArray)activity["entities"]!).Add(mention);
        }

        return activity;
    }
}
