using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Fuzzing;
using FakeTeams.Talk;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Teams.Tests.Inbound;

// Laws: whatever bytes come with a good token, and whatever an activity has where something else should be, the door answers and does not fail.
public sealed class NoiseLawTests : IAsyncLifetime
{
    private static readonly int[] Answers = [200, 202, 400, 401, 403, 501];
    private static readonly string[] Kinds = ["message", "invoke", "conversationUpdate", "installationUpdate"];
    private ListeningBot _bot = null!;
    private TeamsClient _ada = null!;

    public async Task InitializeAsync()
    {
        _bot = await ListeningBot.StartAsync();
        _ada = _bot.As(_bot.Person());
        _bot.Replies = _ => Task.FromResult<Reply>(new Reply.Whisper(_bot.Words("Yes.")));
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public void Any_bytes_are_answered() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Post(bytes) == 400).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_typed_is_answered() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var said = _ada.Activity(_ada.Chat, "message");
        said["text"] = text;
        return Answers.Contains(Post(Encoding.UTF8.GetBytes(said.ToJsonString())));
    }).QuickCheckThrowOnFailure();

    /// <summary>A whole activity with one of its parts, however deep, made into something else.</summary>
    [Fact]
    public void Any_part_that_is_something_else_is_answered()
    {
        var noise = Gen.Elements("null", "7", "\"x\"", "[]", "{}", "[{}]", "true", "[null,7,\"\"]", "{\"id\":null}", "\"\"", "\"29:x\"");
        var cases = from kind in Gen.Elements(Kinds) from part in Gen.Choose(0, 200) from other in noise select (kind, part, other);

        Prop.ForAll(cases.ToArbitrary(), it => Answers.Contains(Post(Encoding.UTF8.GetBytes(Spoilt(it.kind, it.part, it.other)))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    /// <summary>As above, with what is beyond any range, too deep, doubled, or half a character; nothing that is refused reaches the product.</summary>
    [Fact]
    public void Whatever_is_put_into_an_activity_is_answered_and_what_is_refused_is_not_heard()
    {
        var corpus = Kinds.SelectMany(kind => new[] { "adaptiveCard/action", "task/fetch", "task/submit", "fileConsent/invoke" }.Select(name =>
        {
            var activity = Whole(kind);
            activity["name"] = name;
            return activity.ToJsonString();
        })).ToList();

        Prop.ForAll(Fuzz.Json(corpus).ToArbitrary(), body =>
        {
            var heard = _bot.Heard.Count;
            var status = Post(Encoding.UTF8.GetBytes(body));
            return Answers.Contains(status) && (status is 200 or 202 || _bot.Heard.Count == heard);
        }).Check(Fuzz.Config(150));
        Prop.ForAll(Fuzz.Bytes(corpus).ToArbitrary(), body => Answers.Contains(Post(body))).Check(Fuzz.Config(50));
    }

    private int Post(byte[] body)
    {
        // Otherwise the bot would wait for the rate at which Teams lets it answer.
        _bot.Clock.MoveOn(TimeSpan.FromMinutes(1));
        return _bot.PostAsync(new ByteArrayContent(body)).GetAwaiter().GetResult();
    }

    private string Spoilt(string kind, int part, string other)
    {
        var activity = Whole(kind);
        var places = Places(activity).ToList();
        var (parent, key) = places[part % places.Count];
        if (parent is JsonObject within)
        {
            within[key] = JsonNode.Parse(other);
        }
        else
        {
            ((JsonArray)parent)[int.Parse(key)] = JsonNode.Parse(other);
        }

        return activity.ToJsonString();
    }

    private JsonObject Whole(string kind)
    {
        var activity = _ada.Activity(_bot.Channel(_ada.User), kind);
        activity["text"] = "<at>Afterpilot</at> status";
        activity["action"] = "add";
        activity["name"] = "adaptiveCard/action";
        activity["replyToId"] = "1";
        activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = _ada.User.Id, ["aadObjectId"] = _ada.User.AadObjectId });
        activity["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = "29:gone" });
        activity["channelData"]!["eventType"] = "channelRenamed";
        activity["value"] = new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "timezone", ["data"] = new JsonObject { ["_ap"] = new JsonObject { ["verb"] = "timezone", ["key"] = "mine", ["from"] = "x" }, ["zone"] = "x" } },
            ["trigger"] = "manual",
            ["data"] = new JsonObject { ["_ap"] = new JsonObject { ["verb"] = "timezone", ["key"] = "mine" } },
        };
        ((JsonArray)activity["entities"]!).Add(new JsonObject { ["type"] = "mention", ["text"] = "<at>Afterpilot</at>", ["mentioned"] = new JsonObject { ["id"] = _bot.Cloud.App.BotId, ["name"] = "Afterpilot" } });
        return activity;
    }

    private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode node) => node switch
    {
        JsonObject within => within.ToList().SelectMany(member => (member.Value is null ? [] : Places(member.Value)).Prepend((within, member.Key))),
        JsonArray list => list.ToList().SelectMany((item, i) => (item is null ? [] : Places(item)).Prepend((list, i.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
        _ => [],
    };
}
