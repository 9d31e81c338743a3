using Bot.Chat;
using Bot.Initiatives;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Initiatives;

public sealed class AnswerObstacleTests : IAsyncLifetime
{
    private Product _product = null!;
    private InitiativeId _id;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _id = await _product.RegisterAsync("Lead scoring", Stage.Stalled, owner: "ana");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Anybody_may_answer_and_a_clear_answer_is_just_saved()
    {
        var shown = await SendAsync("dev", "Integration", "The CRM has no field for the score");

        var stored = await _product.UseAsync(db => db.Obstacles.SingleAsync());
        Assert.Equal((_id, Cause.Integration, "The CRM has no field for the score", (PersonId?)await _product.PersonAsync("dev"), _product.Clock.Now), (stored.InitiativeId, stored.Cause, stored.Sentence, stored.By, stored.At));
        Assert.Contains("Saved for Lead scoring: integration: \"The CRM has no field for the score\".", shown);
        Assert.DoesNotContain(ClearAnswer.Meant, shown);
    }

    [Theory]
    [InlineData("DataQuality", "", Cause.DataQuality, null)]
    [InlineData("", "nobody looked at the list", Cause.Unknown, "nobody looked at the list")]
    [InlineData("DataQuality", "not ready", Cause.DataQuality, "not ready")]
    [InlineData("Unknown", "", Cause.Unknown, null)]
    public async Task An_unclear_answer_is_stored_and_told_what_would_be_clear(string cause, string sentence, Cause stored, string? text)
    {
        var shown = await SendAsync("dev", cause, sentence);

        Assert.Contains(ClearAnswer.Meant, shown);
        Assert.Equal((stored, text), await _product.UseAsync(async db => (await db.Obstacles.SingleAsync()) is var o ? (o.Cause, o.Sentence) : default));
    }

    [Theory]
    [InlineData("", "", "sentence")]
    [InlineData("Weather", "", "cause")]
    [InlineData("3", "", "cause")]
    public async Task Nothing_said_is_asked_back(string cause, string sentence, string field)
    {
        var reply = await _product.SendAsync("dev", new ActionRef(AnswerObstacle.FormName, _id.ToString()), new() { ["cause"] = cause, ["sentence"] = sentence });

        Assert.Equal(field, Assert.Single(Assert.IsType<Reply.FieldErrors>(reply).Errors).Key);
        Assert.Empty(await _product.UseAsync(db => db.Obstacles.ToListAsync()));
    }

    [Fact]
    public async Task The_same_again_is_stored_once_and_the_form_shows_what_is_recorded()
    {
        await SendAsync("dev", "DataQuality", "not ready");
        await SendAsync("dev", "DataQuality", "not ready");

        Assert.Single(await _product.UseAsync(db => db.Obstacles.ToListAsync()));
        Assert.Contains("Recorded so far: data quality: \"not ready\"", CardText.Of((await _product.OpenAsync("ben", AnswerObstacle.Action, _id.ToString())).Card));
    }

    private async Task<string> SendAsync(string who, string cause, string sentence) => CardText.Of(Assert.IsType<Reply.Whisper>(
        await _product.SendAsync(who, new ActionRef(AnswerObstacle.FormName, _id.ToString()), new() { ["cause"] = cause, ["sentence"] = sentence })).Card);
}
