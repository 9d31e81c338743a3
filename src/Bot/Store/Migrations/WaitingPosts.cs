using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Store.Migrations;

/// <summary>Who has a post to deliver is found without going through the updates that wait.</summary>
[DbContext(typeof(BotDb))]
[Migration("20261128220000_WaitingPosts")]
public sealed class WaitingPosts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<WaitingPosts>(ActiveProvider));
}
