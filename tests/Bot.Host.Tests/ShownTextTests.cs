using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests;

// What people type is shown as text, everywhere, whatever it looks like; and it stays out of the log.
[Collection(InALivedWeek.Name)]
public sealed class ShownTextTests(LivedWeek week)
{
    [Fact]
    public void No_element_is_made_of_what_people_typed()
    {
        foreach (var page in week.Pages)
        {
            var tags = Html.Tags(page).ToList();
            Assert.DoesNotContain(tags, t => t.Name is "b" or "i" or "iframe" or "object" or "style");
            Assert.DoesNotContain(tags, t => t.Attributes.GetValueOrDefault("id", "").StartsWith("zx", StringComparison.Ordinal));
            Assert.DoesNotContain(tags, t => t.Attributes.Keys.Any(a => a.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
            Assert.DoesNotContain(tags, t => t.Attributes.Any(a => a.Key is "href" or "src" or "action" && a.Value.Contains("zx.example")));
            Assert.All(tags.Where(t => t.Name == "script"), t => Assert.StartsWith("/playground/assets/", t.Attributes["src"]));
            Assert.DoesNotContain(Html.Emphasized(page), text => text.StartsWith("zxbold", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("name")]
    [InlineData("person")]
    [InlineData("metric")]
    [InlineData("comment")]
    [InlineData("struggle")]
    [InlineData("example")]
    [InlineData("draft")]
    [InlineData("decision")]
    [InlineData("action")]
    [InlineData("change")]
    [InlineData("expect")]
    [InlineData("message")]
    [InlineData("pause")]
    public void It_is_shown_as_it_was_typed(string field) =>
        Assert.Contains(week.Pages, page => Html.Words(page).Contains(LivedWeek.Marked(field)));

    [Theory]
    [InlineData("layla", "ليلى حداد")]
    [InlineData("zoe", "Zoë Brûlé 🌱")]
    [InlineData("tomas", "Tomás Núñez")]
    public async Task Names_in_any_script_survive(string id, string name)
    {
        Assert.Equal(name, await week.Store.AskAsync(db => db.People.Where(p => p.ExternalId == id).Select(p => p.Name).SingleAsync()));
        Assert.Contains(week.Pages, page => Html.Words(page).Contains(name));
    }

    [Fact]
    public async Task Emoji_and_right_to_left_text_of_an_answer_survive() =>
        Assert.Equal(LivedWeek.Hostile("comment"), await week.Store.AskAsync(db => db.Answers.Select(a => a.Comment).FirstAsync()));

    [Fact]
    public void The_log_says_what_happened_and_none_of_what_was_written()
    {
        Assert.Contains("Step Close of round", week.Log);
        foreach (var secret in new[] { "zx", "ليلى", "Zoë", "Kowalski", "Okafor", "pilot pause" })
        {
            Assert.DoesNotContain(secret, week.Log);
        }
    }
}
