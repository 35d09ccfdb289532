"""let an item wait for several"""

import sqlalchemy as sa
from alembic import op


revision = '485faa9603c3'
down_revision = 'd55d5a46aeb5'
branch_labels = None
depends_on = None



def upgrade() -> None:
    made = op.create_table('plan_dependency',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('item_id <> after_id', name=op.f('ck_plan_dependency_waits_for_another')),
    sa.ForeignKeyConstraint(['after_id'], ['plan_item.id'], name=op.f('fk_plan_dependency_after_id_plan_item'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_plan_dependency_item_id_plan_item'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_dependency')),
    sa.UniqueConstraint('item_id', 'after_id', name=op.f('uq_plan_dependency_item_id_after_id'))
    )
    with op.batch_alter_table('plan_dependency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_dependency_after_id'), ['after_id'], unique=False)
    item = sa.table('plan_item', sa.column('id'), sa.column('after_id'), sa.column('created_at'), sa.column('updated_at'))
    kept = sa.select(item.c.id, item.c.after_id, item.c.created_at, item.c.updated_at)
    kept = kept.where(item.c.after_id.is_not(None), item.c.after_id != item.c.id)
    op.execute(made.insert().from_select(['item_id', 'after_id', 'created_at', 'updated_at'], kept))
    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_plan_item_after_id_plan_item'), type_='foreignkey')
        batch_op.drop_column('after_id')


def downgrade() -> None:
    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('after_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_plan_item_after_id_plan_item'), 'plan_item', ['after_id'], ['id'])
    item = sa.table('plan_item', sa.column('id'), sa.column('after_id'))
    waits = sa.table('plan_dependency', sa.column('item_id'), sa.column('after_id'))
    first = sa.select(sa.func.min(waits.c.after_id)).where(waits.c.item_id == item.c.id).scalar_subquery()
    op.execute(item.update().values(after_id=first))
    op.drop_table('plan_dependency')
