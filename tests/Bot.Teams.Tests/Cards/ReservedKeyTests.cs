using System.Text.Json;
using Bot.Chat;
using Bot.Teams.Cards;

namespace Bot.Teams.Tests.Cards;

// What comes back with a press: of a button, of a form with inputs beside the key, of nothing of ours; hostile shapes; values that are no text; a key written twice.
public sealed class ReservedKeyTests
{
    [Theory]
    [InlineData("""{"_ap":"a1"}""", "status.show", "status.show", "a1")]
    [InlineData("""{"_ap":"","rating":"4"}""", "checkin", "checkin", "")]
    [InlineData("""{"_ap":{"verb":"checkin.answer","key":"a1"},"msteams":{"type":"task/fetch"}}""", null, "checkin.answer", "a1")]
    [InlineData("""{"_ap":{"verb":"checkin","key":"a1"}}""", "status.show", "checkin", "a1")]
    public void A_press_says_which_button_and_what_it_is_about(string data, string? verb, string name, string key)
    {
        var read = ReservedKey.Read(Json(data), verb);

        Assert.Equal(new ActionRef(name, key), read);
    }

    [Theory]
    [InlineData("""{"rating":"4"}""", "checkin")]
    [InlineData("""{"_ap":"a1"}""", null)]
    [InlineData("""{"_ap":"a1"}""", "")]
    [InlineData("""{"_ap":7}""", "checkin")]
    [InlineData("""{"_ap":null}""", "checkin")]
    [InlineData("""{"_ap":["a1"]}""", "checkin")]
    [InlineData("""{"_ap":{}}""", "checkin")]
    [InlineData("""{"_ap":{"key":"a1"}}""", "checkin")]
    [InlineData("""{"_ap":{"verb":"checkin"}}""", null)]
    [InlineData("""{"_ap":{"verb":["checkin"],"key":"a1"}}""", null)]
    [InlineData("\"text\"", "checkin")]
    [InlineData("[]", "checkin")]
    [InlineData("null", "checkin")]
    public void What_is_none_of_ours_is_nothing(string data, string? verb)
    {
        var read = ReservedKey.Read(Json(data), verb);

        Assert.Null(read);
    }

    [Fact]
    public void A_key_longer_than_any_of_ours_is_nothing()
    {
        var (longest, longer) = (ReservedKey.Read(Json($$"""{"_ap":"{{new string('a', 255)}}"}"""), "checkin"), ReservedKey.Read(Json($$"""{"_ap":"{{new string('a', 256)}}"}"""), "checkin"));

        Assert.NotNull(longest);
        Assert.Null(longer);
    }

    [Fact]
    public void What_people_typed_is_everything_beside_the_reserved_keys_as_text()
    {
        var typed = ReservedKey.Typed(Json("""{"_ap":"a1","msteams":{},"rating":"4","struggles":"wrong,trust","nameless":true,"minutes":30,"comment":" ","odd":{"a":1},"none":null}"""));

        Assert.Equal(
            new Dictionary<string, string> { ["rating"] = "4", ["struggles"] = "wrong,trust", ["nameless"] = "true", ["minutes"] = "30" },
            typed.All.ToDictionary());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"_ap":"a1"}""")]
    public void Nothing_typed_is_nothing(string data)
    {
        var typed = ReservedKey.Typed(Json(data));

        Assert.Empty(typed.All);
    }

    [Fact]
    public void A_field_that_is_there_twice_is_read_once()
    {
        var typed = ReservedKey.Typed(Json("""{"rating":"4","rating":"1"}"""));

        Assert.Equal("4", typed["rating"]);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
