using Bot.Chat;
using Bot.Initiatives;
using Bot.Privacy;
using Bot.Tests.Initiatives;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Privacy;

// What I said in the register: shown as kept, and gone when I want it gone. Others' words stay.
public sealed class DeleteMyTextsTests : IAsyncLifetime
{
    private Product _product = null!;
    private InitiativeId _id;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _id = await _product.RegisterAsync("Lead scoring", Stage.Stalled, by: "ben");
        await SayAsync("ben", "The CRM has no field for the score");
        await SayAsync("dev", "Agents did not trust the score");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task My_sentences_are_counted_and_can_be_deleted_even_if_nothing_else_is_kept()
    {
        var shown = CardText.Of(Assert.IsType<Reply.Whisper>(await _product.TypeAsync("ben", "privacy")).Card);

        Assert.Contains("1 sentence on what stopped an initiative", shown);
        Assert.Contains("is kept for 12 months", shown);
        Assert.Contains("30 days after the bot is removed from here, everything goes", shown);
        Assert.Contains("Delete my texts", shown);
    }

    [Fact]
    public async Task My_sentences_go_with_my_name_and_the_cause_stays()
    {
        var shown = CardText.Of(Assert.IsType<Reply.Whisper>(await _product.PressAsync("ben", DeleteMyTexts.Action, "me")).Card);

        Assert.Contains("1 sentence in the register", shown);
        var obstacles = await _product.UseAsync(db => db.Obstacles.OrderBy(o => o.Id).ToListAsync());
        Assert.Equal(
            [(Cause.Integration, null, null), (Cause.Integration, "Agents did not trust the score", await _product.PersonAsync("dev"))],
            obstacles.Select(o => (o.Cause, o.Sentence, o.By)));
    }

    [Fact]
    public async Task Reasons_of_stage_changes_are_the_team_s_and_stay_without_my_name()
    {
        await _product.UseAsync(async db =>
        {
            (await db.StageChanges.SingleAsync()).Reason = "nobody looks at the list";
            await db.SaveChangesAsync();
        });

        await _product.PressAsync("ben", DeleteMyTexts.Action, "me");

        var change = await _product.UseAsync(db => db.StageChanges.SingleAsync());
        Assert.Equal(("nobody looks at the list", null), (change.Reason, change.By));
    }

    private Task<Reply> SayAsync(string who, string sentence) => _product.SendAsync(
        who, new ActionRef(AnswerObstacle.FormName, _id.ToString()), new() { ["cause"] = nameof(Cause.Integration), ["sentence"] = sentence });
}
