using Bot.Store;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Teams.Addresses.Store;

/// <summary>Conversations and people.</summary>
[DbContext(typeof(TeamsDb))]
[Migration("20261128090000_First")]
public sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<First>(ActiveProvider));
}
