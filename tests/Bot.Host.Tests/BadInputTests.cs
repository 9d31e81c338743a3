using System.Net;
using System.Net.Http.Headers;
using Bot.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Host.Tests;

// What no page of ours sends: too much, malformed, unknown, somebody else's. Refused with the right status, nothing changed, nothing given away.
[Collection(InALivedWeek.Name)]
public sealed class BadInputTests(LivedWeek week)
{
    private const string Channel = LivedWeek.Channel;

    [Theory]
    [InlineData("/say")]
    [InlineData("/people")]
    [InlineData("/forms/x/send")]
    public async Task Two_megabytes_are_too_much(string path)
    {
        using var dana = week.Visit("dana");
        using var answer = await dana.PostAsync(path, new FormUrlEncodedContent([new("pg.as", "dana"), new("pg.in", Channel), new("text", new string('a', 2 * 1024 * 1024))]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", "pg.as=dana")]
    [InlineData("application/json", "{\"pg.as\":\"dana\"}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"pg.as\"\r\n\r\ndana")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "pg.as=dana")]
    public async Task A_malformed_form_is_refused(string type, string body)
    {
        using var dana = week.Visit("dana");
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await dana.PostAsync("/say", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_of_ten_thousand_fields_is_refused()
    {
        using var dana = week.Visit("dana");
        using var answer = await dana.PostAsync("/say", Channel, Enumerable.Range(0, 10_000).Select(i => ($"f{i}", "x")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("?as=nobody")]
    [InlineData("?as=dana&in=nowhere")]
    [InlineData("?as=dana&in=dm-lee")]
    [InlineData("?as=dana&in=churn-predictor&thread=999999")]
    [InlineData("?as=dana&in=churn-predictor&thread=x")]
    [InlineData("?as=dana&in=dm-dana%00")]
    public async Task An_unknown_address_is_not_found(string query)
    {
        using var dana = week.Visit("dana");
        using var answer = await dana.GetAsync("/playground" + query);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_message_and_form_are_answered_like_ones_that_never_were()
    {
        using var dana = week.Visit("dana");
        using var zoe = week.Visit("zoe");
        var message = await week.Store.AskPlaygroundAsync(db => db.Messages.Where(m => m.ConversationId == zoe.Direct && m.CardJson != null).Select(m => m.Id).FirstAsync());
        var form = await week.Store.AskPlaygroundAsync(db => db.Forms.Where(f => f.PersonId == "zoe").Select(f => f.Id).FirstAsync());
        var press = ("pg.press", "checkin.answer|" + (await week.RoundAsync()).Id);

        foreach (var (theirs, unknown) in new[]
        {
            ($"/messages/{message}/press", "/messages/999999/press"), ($"/messages/{message}/dismiss", "/messages/999999/dismiss"),
            ($"/forms/{form}/send", "/forms/0/send"), ($"/forms/{form}/close", "/forms/0/close"), ($"/forms/{form}/draft", "/forms/0/draft"),
        })
        {
            using var one = await dana.PostAsync(theirs, dana.Direct, press);
            using var other = await dana.PostAsync(unknown, dana.Direct, press);
            Assert.Equal(HttpStatusCode.NotFound, one.StatusCode);
            await SameAsync(one, other);
        }
    }

    [Fact]
    public async Task Ids_of_another_workspace_are_answered_like_ids_that_never_were_by_every_button()
    {
        var foreign = await AnotherWorkspaceAsync();
        using var dana = week.Visit("dana");
        var message = await week.Store.AskPlaygroundAsync(db => db.Messages.Where(m => m.ConversationId == Channel && m.CardJson != null && m.VisibleTo == null).Select(m => m.Id).FirstAsync());
        // Deleting one's own texts asks for no id.
        var buttons = new ServiceCollection().AddBot().Select(s => s.ImplementationInstance).OfType<ActionName>()
            .Where(a => !a.IsForm && a.Name != Privacy.DeleteMyTexts.Action).Select(a => a.Name).ToList();
        Assert.NotEmpty(buttons);

        foreach (var (button, id) in from button in buttons from id in foreign select (button, id))
        {
            foreach (var (theirs, unknown) in new[] { (id, Guid.NewGuid().ToString("N")), ($"{id}:{id}", $"{Guid.NewGuid():N}:{Guid.NewGuid():N}") })
            {
                var never = await PressAsync(dana, message, $"{button}|{unknown}");
                Assert.Equal((button, never), (button, await PressAsync(dana, message, $"{button}|{theirs}")));
            }
        }
    }

    [Fact]
    public async Task Ten_thousand_characters_are_refused_at_their_field_and_everything_typed_is_kept()
    {
        using var tomas = week.Visit("tomas");
        var form = (await tomas.OpenAsync(tomas.Direct, "checkin.answer"))!;
        var text = string.Concat(Enumerable.Repeat("word 🌱 ", 1250));

        using var answer = await tomas.SendAsync(form, tomas.Direct, ("rating", "2"), ("comment", text), ("struggles", "slow"), ("struggleText", "kept as it is"));

        Assert.Equal(form, Visitor.FormOf(answer));
        var page = await tomas.PageAsync(tomas.Direct, $"&form={form}");
        Assert.Contains(text.Trim(), Html.Words(page));
        Assert.Contains("kept as it is", Html.Words(page));
        Assert.Contains("At most 2,000 characters", Html.Words(page));
        var comment = Html.Tags(page).Single(t => t.Name == "textarea" && t.Attributes.GetValueOrDefault("name") == "f.comment").Attributes;
        Assert.Equal("true", comment["aria-invalid"]);
        var error = Html.Tags(page).Single(t => comment["aria-describedby"].Split(' ').Contains(t.Attributes.GetValueOrDefault("id")) && t.Attributes["class"].Contains("error"));
        Assert.NotNull(error.Name);
        Assert.Contains(Html.Tags(page), t => t.Attributes.GetValueOrDefault("value") == "2" && t.Attributes.GetValueOrDefault("name") == "f.rating" && t.Attributes.ContainsKey("checked"));
        Assert.Contains(Html.Tags(page), t => t.Attributes.GetValueOrDefault("value") == "slow" && t.Attributes.ContainsKey("checked"));
        Assert.False(await week.Store.AskAsync(db => db.Answers.Join(db.People, a => a.PersonId, p => p.Id, (_, p) => p.ExternalId).AnyAsync(id => id == "tomas")));
    }

    private static async Task SameAsync(HttpResponseMessage one, HttpResponseMessage other)
    {
        Assert.Equal(other.StatusCode, one.StatusCode);
        Assert.Equal(await other.Content.ReadAsStringAsync(), await one.Content.ReadAsStringAsync());
    }

    /// <summary>What came of it: the status, where to go on, and the words only the one who pressed can see.</summary>
    private async Task<(HttpStatusCode Status, string? Next, string? Said)> PressAsync(Visitor who, long message, string press)
    {
        using var answer = await who.PostAsync($"/messages/{message}/press", Channel, ("pg.press", press));
        var said = await week.Store.AskPlaygroundAsync(db => db.Messages.Where(m => m.VisibleTo == who.Person).OrderByDescending(m => m.Id).Select(m => m.CardJson).FirstOrDefaultAsync());
        return (answer.StatusCode, answer.Headers.Location?.ToString().Split("&form=")[0], said);
    }

    /// <summary>The ids of a loop, a round, a person and an action of a workspace that is not ours.</summary>
    private async Task<IReadOnlyList<string>> AnotherWorkspaceAsync()
    {
        await using var db = week.Store.Product();
        var now = TimeProvider.System.GetUtcNow();
        var workspace = new Workspace { Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = new PlatformName("other"), ExternalId = "theirs", AddedAt = now };
        var channel = new Channel { Id = Id.New<ChannelId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = "there", Kind = ConversationKind.Channel, MembersReadAt = now };
        var person = new Person { Id = Id.New<PersonId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = "them", Name = "Them" };
        db.AddRange(workspace, channel, person);
        var loop = await Crowd.LoopAsync(db, workspace, channel, "Theirs", [person], now);
        var action = new Reviews.ActionItem
        {
            Id = Id.New<Reviews.ActionItemId>(TimeProvider.System), WorkspaceId = workspace.Id, LoopId = loop.Id, Text = "Theirs", OwnerId = person.Id,
            DueOn = DateOnly.FromDateTime(now.UtcDateTime), CreatedAt = now,
        };
        db.Add(action);
        await db.SaveChangesAsync();
        var round = await db.Rounds.SingleAsync(r => r.LoopId == loop.Id);
        return [loop.Id.ToString(), round.Id.ToString(), person.Id.ToString(), channel.Id.ToString(), action.Id.ToString()];
    }
}
