using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Bot.Web.Playground.Store.Migrations;

/// <summary>The model after the last migration. EF refuses to migrate when it differs from <see cref="PlaygroundDb"/>.</summary>
[DbContext(typeof(PlaygroundDb))]
public sealed class PlaygroundSnapshot : ModelSnapshot
{
    private const string Rows = "Bot.Web.Playground.Store.";

    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Rows + nameof(PlaygroundPerson), person =>
        {
            person.Property<string>("Id").HasColumnType("TEXT");
            person.Property<string>("Name").IsRequired().HasColumnType("TEXT");
            person.Property<string>("TimeZone").IsRequired().HasColumnType("TEXT");
            person.Property<bool>("IsAdmin").HasColumnType("INTEGER");
            person.Property<long>("AddedAt").HasColumnType("INTEGER");
            person.HasKey("Id");
            person.ToTable("Playground_People");
        });
        modelBuilder.Entity(Rows + nameof(PlaygroundChannel), channel =>
        {
            channel.Property<string>("Id").HasColumnType("TEXT");
            channel.Property<string>("Name").IsRequired().HasColumnType("TEXT");
            channel.Property<long>("AddedAt").HasColumnType("INTEGER");
            channel.HasKey("Id");
            channel.HasIndex("Name").IsUnique();
            channel.ToTable("Playground_Channels");
        });
        modelBuilder.Entity(Rows + nameof(PlaygroundMessage), message =>
        {
            message.Property<long>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
            message.Property<string>("ConversationId").IsRequired().HasColumnType("TEXT");
            message.Property<long?>("ThreadId").HasColumnType("INTEGER");
            message.Property<string>("FromId").HasColumnType("TEXT");
            message.Property<string>("VisibleTo").HasColumnType("TEXT");
            message.Property<string>("Text").IsRequired().HasColumnType("TEXT");
            message.Property<string>("CardName").HasColumnType("TEXT");
            message.Property<string>("CardJson").HasColumnType("TEXT");
            message.Property<string>("Key").HasColumnType("TEXT");
            message.Property<long>("PostedAt").HasColumnType("INTEGER");
            message.Property<long?>("EditedAt").HasColumnType("INTEGER");
            message.HasKey("Id");
            message.HasIndex("Key").IsUnique();
            message.HasIndex("ConversationId", "ThreadId", "Id");
            message.ToTable("Playground_Messages");
        });
        modelBuilder.Entity(Rows + nameof(PendingForm), form =>
        {
            form.Property<string>("Id").HasColumnType("TEXT");
            form.Property<string>("PersonId").IsRequired().HasColumnType("TEXT");
            form.Property<string>("ConversationId").IsRequired().HasColumnType("TEXT");
            form.Property<long?>("ThreadId").HasColumnType("INTEGER");
            form.Property<long?>("OnMessageId").HasColumnType("INTEGER");
            form.Property<string>("Name").IsRequired().HasColumnType("TEXT");
            form.Property<string>("Key").IsRequired().HasColumnType("TEXT");
            form.Property<string>("Title").IsRequired().HasColumnType("TEXT");
            form.Property<string>("CardJson").IsRequired().HasColumnType("TEXT");
            form.Property<string>("Typed").HasColumnType("TEXT");
            form.Property<string>("Errors").HasColumnType("TEXT");
            form.Property<int>("Revision").HasColumnType("INTEGER");
            form.Property<long>("OpenedAt").HasColumnType("INTEGER");
            form.HasKey("Id");
            form.HasIndex("PersonId", "Name", "Key");
            form.ToTable("Playground_Forms");
        });
        modelBuilder.Entity(Rows + nameof(LastRead), read =>
        {
            read.Property<string>("PersonId").HasColumnType("TEXT");
            read.Property<string>("ConversationId").HasColumnType("TEXT");
            read.Property<long>("MessageId").HasColumnType("INTEGER");
            read.HasKey("PersonId", "ConversationId");
            read.ToTable("Playground_Reads");
        });
        modelBuilder.Entity(Rows + nameof(ClockSetting), clock =>
        {
            clock.Property<int>("Id").HasColumnType("INTEGER");
            clock.Property<long>("AheadMilliseconds").HasColumnType("INTEGER");
            clock.Property<long>("NotBefore").HasColumnType("INTEGER");
            clock.HasKey("Id");
            clock.ToTable("Playground_Clock");
        });
    }
}
